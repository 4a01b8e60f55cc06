using Billing.Abstractions.Values;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Usage.Pages.Allowances;

/// <summary>A customer's limit is set.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class SpendCapNewModel(CurrentTenant current, TimeProvider clock) : AccountForm(current, clock)
{
    [BindProperty]
    public CapInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Input = new CapInput { AnchorDay = 1, From = Today };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        if (Input.Limit is null && ModelState.IsValid) ModelState.AddModelError("Input.Limit", "Write the limit.");
        if (Input.From is null && ModelState.IsValid) ModelState.AddModelError("Input.From", "Say from which day on.");
        if (!ModelState.IsValid) return Page();
        var cap = new AccountSpendCap(Account.Id, Input.Service is { } service ? new ServiceId(service) : null, (Input.Name ?? "").Trim(), Input.Limit!.Value,
            new Coverage([], Names(Input.Destinations), Names(Input.Except)), Input.AnchorDay ?? 1, new DateInterval(Input.From!.Value, null));
        if (SpendCapBook.Check(cap) is { Count: > 0 } wrong) return Refused(Input, wrong);
        return (await SpendCapBook.SetAsync(db, cap, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"No more than {Written.Price(cap.Limit, Current.Tenant.Currency)} is billed from {Written.Day(cap.Valid.From)}.", cancellationToken)
            : Refused(Input, refused);
    }

    private static string[] Names(string? lines) => [.. (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    internal sealed record CapInput
    {
        public string? Name { get; init; }
        public decimal? Limit { get; init; }
        public long? Service { get; init; }
        public string? Destinations { get; init; }
        public string? Except { get; init; }
        public int? AnchorDay { get; init; }
        public DateOnly? From { get; init; }
    }
}
