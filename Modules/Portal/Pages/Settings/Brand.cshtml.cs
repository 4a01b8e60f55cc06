using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Portal.Brands;
using Billing.Screens;
using Billing.Screens.Colours;
using Billing.Screens.Notices;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Settings;

/// <summary>How the tenant looks to its customers: logo, colours, ways to reach it; with a bill to see it on before it is saved.</summary>
[Demands(Permission.ViewSettings)]
internal sealed class BrandModel(CurrentTenant current, BrandPreview preview, TimeProvider clock) : PageModel
{
    private const long MostBytes = 2 * LogoFile.MostBytes;

    [BindProperty]
    public BrandForm Form { get; set; } = new();

    public bool MayChange => current.May(Permission.ChangeSettings);

    public bool HasLogo => current.Tenant.Brand.LogoSvg is not null;

    /// <summary>What the stored colours do to readers.</summary>
    public IEnumerable<string> Warnings => new[] { BrandPalette.WarningOf("The main colour", Form.PrimaryColour), BrandPalette.WarningOf("The second colour", Form.AccentColour) }.OfType<string>();

    public BrandPalette Palette => BrandPalette.Of(current.Tenant.Brand.PrimaryColour, current.Tenant.Brand.AccentColour);

    public void OnGet() => Form = BrandForm.Of(current.Tenant);

    /// <summary>The sample bill in the stored brand.</summary>
    public Task<IActionResult> OnGetSampleAsync(CancellationToken cancellationToken) => PrintAsync(current.Tenant.Brand, cancellationToken);

    /// <summary>The sample bill as the form stands; nothing is saved.</summary>
    [Demands(Permission.ChangeSettings)]
    [RequestSizeLimit(MostBytes)]
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } brand ? await PrintAsync(brand, cancellationToken) : Page();

    [Demands(Permission.ChangeSettings)]
    [RequestSizeLimit(MostBytes)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is not { } brand) return Page();
        await using var db = await current.BeginAsync(cancellationToken);
        if (!(await TenantSettings.ChangeBrandAsync(db, Form.Version, brand, Form.PrivacyNote, cancellationToken)).TryGet(out _, out var failure))
        {
            ModelState.AddModelError("", failure.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, "The brand is saved. The portal shows it now, bills from now on carry it; those that were posted stay as they are.");
        return LocalRedirect("~/settings/brand");
    }

    // Null where something is wrong; the form then shows what.
    private async Task<Brand?> ReadAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        foreach (var wrong in Form.Check()) ModelState.AddModelError(CompanyForm.MemberOf(wrong.Field), wrong.Message);
        var logo = current.Tenant.Brand.LogoSvg;
        if (Form.Logo is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            // One byte more than is allowed is enough to refuse it.
            await using (var stream = file.OpenReadStream())
            {
                var buffer = new byte[LogoFile.MostBytes + 1];
                bytes.Write(buffer, 0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
            }
            if (LogoFile.Read(bytes.ToArray()).TryGet(out var read, out var failure)) logo = read;
            else ModelState.AddModelError("Form.Logo", failure.Message);
        }
        return ModelState.IsValid ? Form.ToBrand(logo) : null;
    }

    private async Task<IActionResult> PrintAsync(Brand brand, CancellationToken cancellationToken)
    {
        try
        {
            var pdf = await preview.PrintAsync(current.Tenant, brand, current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
            Response.Headers.ContentDisposition = "inline; filename=sample.pdf";
            return File(pdf, "application/pdf");
        }
        catch (Exception problem) when (problem is PdfException or DocumentTemplateException)
        {
            if (HttpMethodIsGet) Form = BrandForm.Of(current.Tenant);
            ModelState.AddModelError("", $"The sample can't be printed: {problem.Message}");
            return Page();
        }
    }

    private bool HttpMethodIsGet => Microsoft.AspNetCore.Http.HttpMethods.IsGet(Request.Method);
}
