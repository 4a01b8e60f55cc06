using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Screens.Tables;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>One file of recurring charges: where its lines went, and whether it agrees with the carrier's invoice.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class FileModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    public ChargeFile Found { get; private set; } = null!;

    public string State { get; private set; } = "";

    public ListPage<CarrierCharge> Lines { get; private set; } = null!;

    [BindProperty]
    public InvoiceInput Input { get; set; } = new();

    public bool MayMend => current.May(Permission.MendUsage);

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => MayMend ? text : MaskedText.Of(text);

    public async Task<IActionResult> OnGetAsync(long id, string? state, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, state, cancellationToken)) return NotFound();
        Input = Found.Invoice is { } invoice
            ? new InvoiceInput { Number = invoice.Number, Net = invoice.Net, Currency = invoice.Currency, Version = invoice.Version }
            : new InvoiceInput { Currency = Found.Sums.Currencies is [var currency, ..] ? currency : current.Tenant.Currency.Code };
        return Page();
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostInvoiceAsync(long id, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (Input.Net is null && ModelState.IsValid) ModelState.AddModelError("Input.Net", "What the invoice comes to is missing.");
            if (ModelState.IsValid)
            {
                if ((await CarrierInvoiceBook.SaveAsync(db, new CarrierInvoice(id, Input.Number ?? "", Input.Net!.Value, (Input.Currency ?? "").Trim().ToUpperInvariant(), Input.Version), cancellationToken)).TryGet(out var saved, out var refused))
                {
                    await db.CommitAsync(cancellationToken);
                    Notice.Leave(HttpContext, $"Invoice {saved.Number} is kept.");
                    return Redirect(Url.Content($"~/carrier-charges/files/{id}"));
                }
                if (refused.Code == "charges.no-file") return NotFound();
                ModelState.AddModelError(refused.Field switch { "number" => "Input.Number", "net" => "Input.Net", "currency" => "Input.Currency", _ => "" }, refused.Message);
            }
        }
        await using var fresh = await current.BeginAsync(cancellationToken);
        if (!await LoadAsync(fresh, id, null, cancellationToken)) return NotFound();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, string? state, CancellationToken cancellationToken)
    {
        if (await ChargeFile.FindAsync(db, id, cancellationToken) is not { } file) return false;
        Found = file;
        State = ChargeState.All.FirstOrDefault(s => s == state) ?? ChargeState.All.FirstOrDefault(s => file.Sums.LinesOf(s) > 0) ?? ChargeState.Allocated;
        var query = ListQuery.Read(Request.Query, CarrierChargeList.Sorts, PageSize, "state");
        var lines = await CarrierChargeList.LoadAsync(db, new ChargeFilter(State: State, FileId: id), CarrierChargeList.Sorts[0], false, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        Lines = new ListPage<CarrierCharge>(query, lines, file.Sums.LinesOf(State));
        return true;
    }

    internal sealed record InvoiceInput
    {
        public string? Number { get; init; }

        public decimal? Net { get; init; }

        public string? Currency { get; init; }

        public int Version { get; init; }
    }
}
