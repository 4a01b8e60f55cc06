using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>An account is closed with a day, or opened again.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class CloseModel(CurrentTenant current, TimeProvider clock, IChargeHistory history) : AccountPage(current, clock)
{
    [BindProperty]
    public CloseInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Input = new CloseInput { LastDay = Today, Version = Stored.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        if (Input.LastDay is not { } lastDay)
        {
            if (ModelState.IsValid) ModelState.AddModelError("Input.LastDay", "Say which day is the last one.");
            return Page();
        }
        if (!(await AccountBook.CloseAsync(db, Account.Id, Input.Version, lastDay, history, cancellationToken)).TryGet(out var closed, out var refused)) return Refused(Input, refused);
        var beyond = closed.BilledBeyond.Count == 0 ? "" : $" {Written.Counted(closed.BilledBeyond.Count, "charge is", "charges are")} on invoices for later days: credit what was charged too much.";
        return await DoneAsync(db, $"The account is closed; {Written.Counted(closed.Numbers, "number or range", "numbers or ranges")} and {Written.Counted(closed.Charges, "charge", "charges")} end with it.{beyond}", "", cancellationToken);
    }

    public async Task<IActionResult> OnPostReopenAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        return (await AccountBook.ReopenAsync(db, Account.Id, Input.Version, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, "The account is open again. Its numbers and charges stay ended; add what it has now.", "", cancellationToken)
            : Refused(Input, refused);
    }

    internal sealed record CloseInput
    {
        public DateOnly? LastDay { get; init; }

        public int Version { get; init; }
    }
}
