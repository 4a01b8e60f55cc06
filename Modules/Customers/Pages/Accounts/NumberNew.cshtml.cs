using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A number, a range or a circuit is given to a service.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class NumberNewModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public NumberInput Input { get; set; } = new();

    public StoredService Service { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, long service, string? first, string? circuit, DateOnly? from, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken) || await FindServiceAsync(db, service, cancellationToken) is not { } found) return NotFound();
        Service = found;
        // The errors desk sends people here with the number and the day of its first call.
        Input = new NumberInput { First = first, Circuit = circuit, From = from ?? Today };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, long service, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken) || await FindServiceAsync(db, service, cancellationToken) is not { } found) return NotFound();
        Service = found;
        if (Input.From is null && ModelState.IsValid) ModelState.AddModelError("Input.From", "Say from which day on.");
        if (Input.To < Input.From) ModelState.AddModelError("Input.To", "The last day is before the first one.");
        if (!Block().TryGet(out var block, out var wrong)) return Refused(Input, wrong);
        if (!ModelState.IsValid) return Page();
        var assigned = await NumberBook.AssignAsync(db, Service.Id, block, new DateInterval(Input.From!.Value, Input.To?.AddDays(1)), cancellationToken);
        return assigned.TryGet(out _, out var refused) ? await DoneAsync(db, $"{block} belongs to {Service.Details.Label} from {Written.Day(Input.From.Value)}.", "services", cancellationToken) : Refused(Input, refused);
    }

    private Result<NumberBlock> Block()
    {
        if (!string.IsNullOrWhiteSpace(Input.Circuit))
            return string.IsNullOrWhiteSpace(Input.First) ? NumberBlock.OfCircuit(Input.Circuit) : new Failure("number.number-and-circuit", "Give a number or a circuit, not both.") { Field = "circuit" };
        if (!NumberText.Parse(Input.First ?? "", Current.Tenant.Country).TryGet(out var first, out var bad)) return bad with { Field = "first" };
        if (string.IsNullOrWhiteSpace(Input.Last)) return NumberBlock.Of(first);
        return NumberText.Parse(Input.Last, Current.Tenant.Country).TryGet(out var last, out bad) ? NumberBlock.Range(first, last) : bad with { Field = "last" };
    }

    private async Task<StoredService?> FindServiceAsync(Tenancy.Data.TenantDb db, long service, CancellationToken cancellationToken) =>
        (await ServiceBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(s => s.Id.Value == service);

    internal sealed record NumberInput
    {
        public string? First { get; init; }

        public string? Last { get; init; }

        public string? Circuit { get; init; }

        public DateOnly? From { get; init; }

        public DateOnly? To { get; init; }
    }
}
