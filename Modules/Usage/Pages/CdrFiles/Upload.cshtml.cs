using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>
/// Takes files from a browser, streamed to the disk. The proof that our own page sent the form comes as its first part, before any file: it is checked
/// here, because the usual check would read the whole form into memory first.
/// </summary>
[Demands(Permission.ImportUsage)]
[IgnoreAntiforgeryToken]
[StreamedForm]
internal sealed class UploadModel(CurrentTenant current, CdrUploads uploads, CdrFormatCatalog plugins, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> forms) : PageModel
{
    public IReadOnlyList<CdrFormatInfo> Formats { get; private set; } = [];

    public UploadLimits Limits => uploads.Limits;

    /// <summary>Why nothing was taken.</summary>
    public Failure? Problem { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (UploadParts.ReaderOf(Request) is not { } reader) return Refuse(new Failure("upload.no-form", "This was not sent by the upload form. Choose the files again."));
        var (batch, format, kind, month, count, isOurs) = (Guid.NewGuid(), (string?)null, (string?)null, (string?)null, 0, false);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (UploadParts.NameOf(section) is not var (field, file)) continue;
                if (file is null)
                {
                    var value = await UploadParts.TextOfAsync(section, cancellationToken);
                    if (field == forms.Value.FormFieldName) isOurs = await IsOursAsync(value);
                    else if (field == "format" && value.Length > 0) format = value;
                    else if (field == "kind") kind = value;
                    else if (field == "month") month = value;
                    continue;
                }
                // A form without a chosen file has an empty part without a name.
                if (file.Length == 0) continue;
                if (!isOurs) return Refuse(new Failure("upload.forged", "This form is out of date or was not sent from our page. Load the page again and repeat it."));
                if (++count > Limits.MaxFiles)
                    return Refuse(new Failure("upload.too-many", string.Create(CultureInfo.InvariantCulture, $"More than {Limits.MaxFiles} files came at once. The first {Limits.MaxFiles} are taken in; upload the others after them.")));
                if (!UploadWords.Stated(kind, month).TryGet(out var stated, out var misstated)) return Refuse(misstated);
                await uploads.ReceiveAsync(current.Tenant.Id, current.Actor, batch, file, section.Body, new UploadWish(format, stated), cancellationToken);
            }
        }
        catch (Exception broken) when (broken is IOException or BadHttpRequestException && !HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refuse(new Failure("upload.broken-off", count == 0
                ? "The upload broke off before a file was complete. Nothing was taken in; try it again."
                : "The upload broke off. Complete files before that are taken in; see the list, and upload the others again."));
        }
        return count == 0
            ? Refuse(new Failure("upload.no-file", "No file was chosen."))
            : Redirect(Url.Content($"~/cdrs/uploads?batch={batch:N}"));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var formats = await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken);
        Formats = [.. formats.Formats.Select(format => format.Info).OrderBy(info => info.Carrier, StringComparer.Ordinal)];
    }

    private async Task<bool> IsOursAsync(string token)
    {
        Request.Headers[forms.Value.HeaderName!] = token;
        return await antiforgery.IsRequestValidAsync(HttpContext);
    }

    private PageResult Refuse(Failure problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
