using System.Text;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.Carriers;

/// <summary>One described carrier: written, tried on a file, saved, removed.</summary>
[Demands(Permission.ImportUsage)]
[RequestSizeLimit(MostBytes + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes + (1 << 20))]
internal sealed class CarrierModel(CurrentTenant current, CdrFormatCatalog plugins) : PageModel
{
    private const string New = "new";
    private const long MostBytes = 4 << 20;

    [BindProperty]
    public CarrierInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Sample { get; set; }

    public DescribedCarrier? Stored { get; private set; }

    public MappingTrial? Trial { get; private set; }

    public string SampleName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string code, string? like, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, code, cancellationToken)) return NotFound();
        Input = Stored is null
            ? new CarrierInput { Document = ReadyMappings.All.GetValueOrDefault(like ?? "", ReadyMappings.Blank) }
            : new CarrierInput { Document = Stored.Document, Version = Stored.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostTryAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, code, cancellationToken)) return NotFound();
        if (!MappingReader.Read(Encoding.UTF8.GetBytes(Input.Document ?? "")).TryGet(out var mapping, out var wrong))
        {
            Refuse(wrong);
            return Page();
        }
        if (Sample is null || Sample.Length == 0) ModelState.AddModelError(nameof(Sample), "Choose a file to try it on.");
        else if (Sample.Length > MostBytes) ModelState.AddModelError(nameof(Sample), "The file is larger than 4 MB. A piece of it is enough.");
        if (!ModelState.IsValid) return Page();
        using var content = new MemoryStream();
        await Sample!.CopyToAsync(content, cancellationToken);
        SampleName = Path.GetFileName(Sample.FileName);
        Trial = MappingTrial.Of(mapping, SampleName, content.ToArray());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, code, cancellationToken)) return NotFound();
        var saved = await DescribedCarriers.SaveAsync(db, plugins, Stored?.Code, Input.Version, Input.Document ?? "", cancellationToken);
        return await EndAsync(db, saved, "is saved. Files are recognised by it from now on.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, code, cancellationToken) || Stored is null) return NotFound();
        var removed = await DescribedCarriers.RemoveAsync(db, Stored.Code, Input.Version, cancellationToken);
        if (!removed.IsSuccess) Input = Input with { Document = Stored.Document };
        return await EndAsync(db, removed, "is removed.", cancellationToken);
    }

    private async Task<IActionResult> EndAsync(TenantDb db, Result<DescribedCarrier> result, string words, CancellationToken cancellationToken)
    {
        if (!result.TryGet(out var carrier, out var refused))
        {
            Refuse(refused);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{carrier.Name} {words}");
        return LocalRedirect(Url.Content("~/cdrs/carriers"));
    }

    private void Refuse(Failure failure) => ModelState.Refuse(failure with { Field = "document" }, Input);

    private async Task<bool> FindAsync(TenantDb db, string code, CancellationToken cancellationToken) =>
        code == New || (Stored = await DescribedCarriers.FindAsync(db, code, cancellationToken)) is not null;

    internal sealed record CarrierInput
    {
        public string? Document { get; init; }

        public int Version { get; init; }
    }
}
