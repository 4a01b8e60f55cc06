using Billing.Abstractions.Values;
using Billing.Customers.Allowances;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Usage.Pages.Allowances;

/// <summary>A spend cap: the customer's consents to pay more, and its end.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class SpendCapModel(CurrentTenant current, TimeProvider clock) : AccountForm(current, clock)
{
    [BindProperty]
    public CapInput Input { get; set; } = new();

    public StoredSpendCap Stored { get; private set; } = null!;

    public string For => LabelOf(Stored.Cap.Service);

    public async Task<IActionResult> OnGetAsync(long id, long cap, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        return await LoadAsync(db, id, cap, cancellationToken) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostConsentAsync(long id, long cap, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, cap, cancellationToken)) return NotFound();
        if (Input.From is null) ModelState.AddModelError("Input.From", "Say from which day on they agreed.");
        if (Input.Through is null || Input.Through < Input.From) ModelState.AddModelError("Input.Through", "Say up to which day they agreed.");
        if (!ModelState.IsValid) return Page();
        var consent = new SpendCapConsent(new DateInterval(Input.From!.Value, Input.Through!.Value.AddDays(1)), Input.GivenBy ?? "", Input.GivenHow ?? "", Now);
        return await SpendCapBook.ConsentAsync(db, Account.Id, cap, consent, cancellationToken) is { } refused
            ? Refused(Input, refused)
            : await DoneAsync(db, $"The consent is noted. {Stored.Cap.Name} does not hold on those days.", cancellationToken);
    }

    public async Task<IActionResult> OnPostEndAsync(long id, long cap, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, cap, cancellationToken)) return NotFound();
        if (Input.LastDay is not { } last)
        {
            ModelState.AddModelError("Input.LastDay", "Say which day is the last one.");
            return Page();
        }
        return (await SpendCapBook.EndAsync(db, Account.Id, cap, Input.Version, last, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Stored.Cap.Name} ends with {Written.Day(last)}.", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, long cap, CancellationToken cancellationToken)
    {
        if (!await FindAsync(db, id, cancellationToken)) return false;
        if ((await SpendCapBook.LoadAsync(db, [Account.Id], cancellationToken)).FirstOrDefault(c => c.Id == cap) is not { } found) return false;
        Stored = found;
        return true;
    }

    internal sealed record CapInput
    {
        public DateOnly? From { get; init; }
        public DateOnly? Through { get; init; }
        public string? GivenBy { get; init; }
        public string? GivenHow { get; init; }
        public DateOnly? LastDay { get; init; }
        public int Version { get; init; }
    }
}
