using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A number that is assigned: ended, moved to another service, or removed as a mistake.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class NumberModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public NumberInput Input { get; set; } = new();

    public StoredAssignment Number { get; private set; } = null!;

    public string Label { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, long number, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindNumberAsync(db, id, number, cancellationToken)) return NotFound();
        Input = new NumberInput { LastDay = Number.Valid.To?.AddDays(-1), On = Today, Account = Account.Number, Version = Number.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(long id, long number, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindNumberAsync(db, id, number, cancellationToken)) return NotFound();
        if (!ModelState.IsValid) return Page();
        return (await NumberBook.EndAsync(db, Account.Id, number, Input.Version, Input.LastDay, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, Input.LastDay is { } day ? $"{Number.Block} belongs to {Label} up to and including {Written.Day(day)}." : $"{Number.Block} belongs to {Label} without an end.", "services", cancellationToken)
            : Refused(Input, refused);
    }

    public async Task<IActionResult> OnPostTransferAsync(long id, long number, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindNumberAsync(db, id, number, cancellationToken)) return NotFound();
        if (Input.On is null && ModelState.IsValid) ModelState.AddModelError("Input.On", "Say on which day it moves.");
        NumberBlock? part = null;
        if (!string.IsNullOrWhiteSpace(Input.First))
        {
            if (!Part().TryGet(out part, out var wrong)) return Refused(Input, wrong);
        }
        var account = await AccountBook.FindAsync(db, (Input.Account ?? "").Trim(), cancellationToken);
        if (account is null) ModelState.AddModelError("Input.Account", $"There is no account {Input.Account}.");
        var to = account is null ? null : (await ServiceBook.LoadAsync(db, account.Account.Id, cancellationToken)).FirstOrDefault(s => s.Details.Label == (Input.Service ?? "").Trim());
        if (account is not null && to is null) ModelState.AddModelError("Input.Service", $"Account {account.Account.Number} has no service called {Input.Service}. Add it there first.");
        if (!ModelState.IsValid) return Page();
        return (await NumberBook.TransferAsync(db, Account.Id, number, Input.Version, to!.Id, Input.On!.Value, part, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{part ?? Number.Block} belongs to {account!.Account.Number}, {to.Details.Label} from {Written.Day(Input.On.Value)}.", "services", cancellationToken)
            : Refused(Input, refused.Field == "to" ? refused with { Field = "service" } : refused);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, long number, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindNumberAsync(db, id, number, cancellationToken)) return NotFound();
        return (await NumberBook.RemoveAsync(db, Account.Id, number, Input.Version, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Number.Block} is removed from {Label} as if it had never been there.", "services", cancellationToken)
            : Refused(Input, refused);
    }

    private Result<NumberBlock> Part()
    {
        if (!NumberText.Parse(Input.First!, Current.Tenant.Country).TryGet(out var first, out var bad)) return bad with { Field = "first" };
        if (string.IsNullOrWhiteSpace(Input.Last)) return NumberBlock.Of(first);
        return NumberText.Parse(Input.Last, Current.Tenant.Country).TryGet(out var last, out bad) ? NumberBlock.Range(first, last) : bad with { Field = "last" };
    }

    private async Task<bool> FindNumberAsync(TenantDb db, long id, long number, CancellationToken cancellationToken)
    {
        if (!await FindAsync(db, id, cancellationToken)) return false;
        if ((await NumberBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(n => n.Id == number) is not { } found) return false;
        Number = found;
        Label = (await ServiceBook.LoadAsync(db, Account.Id, cancellationToken)).First(s => s.Id == found.Service).Details.Label;
        return true;
    }

    internal sealed record NumberInput
    {
        public DateOnly? LastDay { get; init; }

        public DateOnly? On { get; init; }

        public string? Account { get; init; }

        public string? Service { get; init; }

        public string? First { get; init; }

        public string? Last { get; init; }

        public int Version { get; init; }
    }
}
