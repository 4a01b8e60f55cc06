using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>One line of a carrier's charges: where it stands, what was read, whose it is and why, and what sells it on.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class LineModel(CurrentTenant current) : PageModel
{
    public CarrierCharge Line { get; private set; } = null!;

    /// <summary>The recurring charges that sell it on.</summary>
    public IReadOnlyList<Subscription> SoldBy { get; private set; } = [];

    /// <summary>Our product that the carrier's is sold on as, where somebody said so.</summary>
    public string? SoldAs { get; private set; }

    /// <summary>Why it is in its state.</summary>
    public string? Why => Line.State switch
    {
        ChargeState.Allocated when Line.RulingId is null => $"'{Line.Subject}' belongs to '{Line.ServiceLabel}' in these days.",
        ChargeState.Allocated => $"{Line.RuledBy} said whose it is.",
        ChargeState.Excluded => $"{Line.RuledBy}: {Line.Why}",
        ChargeState.Duplicate => $"The same line is line {Written.Count(Line.DuplicateOfLine!.Value)} of file {Line.DuplicateOfFile}.",
        _ => Line.ErrorMessage,
    };

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => current.May(Permission.MendUsage) ? text : MaskedText.Of(text);

    public string Price(decimal price) => Written.Price(price, current.Tenant.Currency);

    public async Task<IActionResult> OnGetAsync(long id, long line, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await CarrierChargeList.FindAsync(db, id, line, cancellationToken) is not { } found) return NotFound();
        Line = found;
        if (found is not { AccountId: { } account, Period: { } period }) return Page();
        var sold = found.Code is null ? null : (await CarrierProductBook.LoadAsync(db, cancellationToken)).FirstOrDefault(p => p.Carrier == found.Carrier && p.Code == found.Code && p.ProductId is not null);
        SoldAs = sold?.ProductName;
        SoldBy = [.. (await ChargeList.LoadSubscriptionsAsync(db, [new AccountId(account)], cancellationToken))
            .Where(s => s.Service?.Value == found.ServiceId && s.Valid.Overlaps(period) && (sold is null || s.Product.Value == sold.ProductId))];
        return Page();
    }
}
