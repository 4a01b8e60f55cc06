using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary>An account's allowances and spend caps. What is written is drawn for at once.</summary>
static class AllowanceApi
{
    private static readonly string[] ExampleExcept = ["Premium*"];

    public static void Map(IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/accounts/{number}").WithTags("Allowances and spend caps");
        account.MapGet("/allowances", GetAsync).As("getAccountAllowances", "What an account has included and what is left of it, and its spend caps, on a day; today where none is said.", Permission.ViewAccounts,
            new("/accounts/A001/allowances?on=2026-11-15"));
        account.MapPost("/allowances", GiveAsync).As("giveAllowance", "Gives an allowance to an account or to one of its services, besides those its products include.", Permission.ChangeAccounts,
            new("/accounts/A001/allowances", new { Allowance = "UK100", From = "2026-11-01", Service = "Line 1" })).Once();
        account.MapPut("/allowances/{given:long}", EndAsync).As("endAllowance", "Ends a given allowance. What invoices drew stays drawn.", Permission.ChangeAccounts,
            new("/accounts/A001/allowances/1", new { Through = "2026-12-31" }) { IfMatch = 1 }).Once();
        account.MapPost("/spend-caps", SetAsync).As("setSpendCap", "Sets the most an account or service is billed for some usage in a month.", Permission.ChangeAccounts,
            new("/accounts/A001/spend-caps", new { Name = "Monthly limit", Limit = "25.00", From = "2026-11-01", Except = ExampleExcept })).Once();
        account.MapPut("/spend-caps/{cap:long}", EndCapAsync).As("endSpendCap", "Ends a spend cap. Another limit is another cap from the day after.", Permission.ChangeAccounts,
            new("/accounts/A001/spend-caps/1", new { Through = "2026-12-31" }) { IfMatch = 1 }).Once();
        account.MapPost("/spend-caps/{cap:long}/consents", ConsentAsync).As("consentToMore", "Notes the customer's express consent to pay more than a cap on some days.", Permission.ChangeAccounts,
            new("/accounts/A001/spend-caps/1/consents", new { From = "2026-11-20", Through = "2026-11-30", GivenBy = "Ann Example", GivenHow = "Email of 19 November" })).Once();
    }

    static async Task<Results<Ok<AccountAllowancesView>, ProblemHttpResult>> GetAsync(string number, DateOnly? on, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return Missing(number);
        var day = on ?? current.Tenant.DayOf(clock.GetUtcNow());
        if (day.Year is < 2000 or > 9000) return Problem.Invalid(new Failure("records.bad-date", "'on' is a day of this age."));
        var id = account.Account.Id;
        var pools = await AccountPools.LoadAsync(db, id, new DateInterval(day, day.AddDays(1)), null, cancellationToken);
        return TypedResults.Ok(new AccountAllowancesView(day, [.. pools.Pools.Select(PoolView.Of)], [.. pools.Caps.Select(CapView.Of)],
            await GivenAsync(db, id, cancellationToken), await CapsAsync(db, id, cancellationToken)));
    }

    static async Task<Results<Created<GivenView>, ProblemHttpResult>> GiveAsync(string number, GiveBody body, ApiWrite write, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return Missing(number);
        var id = account.Account.Id;
        if (!(await ServiceAsync(write.Db, number, body.Service, cancellationToken)).TryGet(out var service, out var wrong)) return Problem.Invalid(wrong);
        if ((await AllowanceBook.LoadAsync(write.Db, cancellationToken)).FirstOrDefault(stored => stored.Code == body.Allowance) is not { } allowance)
            return Problem.Invalid(new Failure("allowance.not-found", $"There is no allowance '{body.Allowance}'."));
        if (body.Through < body.From) return Problem.Invalid(new Failure("records.bad-dates", "'through' is before 'from'."));
        var given = new GivenAllowance(id, service.Id, allowance.Id, body.Quantity ?? 1, body.AnchorDay ?? 1, new DateInterval(body.From, body.Through?.AddDays(1)));
        if (!(await GivenAllowanceBook.GiveAsync(write.Db, given, cancellationToken)).TryGet(out var stored, out var failure)) return Refused(failure);
        await AllowanceDraws.RedrawAsync(write.Db, current.Tenant, id, cancellationToken);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/allowances", (await GivenAsync(write.Db, id, cancellationToken)).Single(view => view.Id == stored));
    }

    static async Task<Results<Ok<GivenView>, ProblemHttpResult>> EndAsync(string number, long given, LastDayBody body, ApiWrite write, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return Missing(number);
        var id = account.Account.Id;
        if ((await GivenAsync(write.Db, id, cancellationToken)).All(view => view.Id != given)) return Problem.NotFound($"allowance {given} of account {number}");
        if (!(await GivenAllowanceBook.EndAsync(write.Db, id, given, version, body.Through, cancellationToken)).TryGet(out var next, out var failure)) return Refused(failure);
        await AllowanceDraws.RedrawAsync(write.Db, current.Tenant, id, cancellationToken);
        Versioned.Tag(http, next);
        return TypedResults.Ok((await GivenAsync(write.Db, id, cancellationToken)).Single(view => view.Id == given));
    }

    static async Task<Results<Created<SpendCapView>, ProblemHttpResult>> SetAsync(string number, SpendCapBody body, ApiWrite write, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return Missing(number);
        var id = account.Account.Id;
        if (!(await ServiceAsync(write.Db, number, body.Service, cancellationToken)).TryGet(out var service, out var wrong)) return Problem.Invalid(wrong);
        var kinds = body.Kinds ?? [];
        if (kinds.Any(kind => kind is not ("voice" or "sms" or "data"))) return Problem.Invalid(new Failure("allowance.bad-word", "'kinds' are voice, sms and data."));
        var covers = new Coverage([.. kinds.Select(AllowanceWords.KindOf)], [.. (body.Destinations ?? []).Select(name => name.Trim())], [.. (body.Except ?? []).Select(name => name.Trim())]);
        var cap = new AccountSpendCap(id, service.Id, (body.Name ?? "").Trim(), body.Limit, covers, body.AnchorDay ?? 1, new DateInterval(body.From, null));
        if (!(await SpendCapBook.SetAsync(write.Db, cap, cancellationToken)).TryGet(out var stored, out var failure)) return Refused(failure);
        await AllowanceDraws.RedrawAsync(write.Db, current.Tenant, id, cancellationToken);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/allowances", (await CapsAsync(write.Db, id, cancellationToken)).Single(view => view.Id == stored));
    }

    static async Task<Results<Ok<SpendCapView>, ProblemHttpResult>> EndCapAsync(string number, long cap, LastDayBody body, ApiWrite write, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return Missing(number);
        var id = account.Account.Id;
        if ((await CapsAsync(write.Db, id, cancellationToken)).All(view => view.Id != cap)) return Problem.NotFound($"spend cap {cap} of account {number}");
        if (!(await SpendCapBook.EndAsync(write.Db, id, cap, version, body.Through, cancellationToken)).TryGet(out var next, out var failure)) return Refused(failure);
        await AllowanceDraws.RedrawAsync(write.Db, current.Tenant, id, cancellationToken);
        Versioned.Tag(http, next);
        return TypedResults.Ok((await CapsAsync(write.Db, id, cancellationToken)).Single(view => view.Id == cap));
    }

    static async Task<Results<Created<SpendCapView>, ProblemHttpResult>> ConsentAsync(string number, long cap, ConsentBody body, ApiWrite write, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return Missing(number);
        var id = account.Account.Id;
        if ((await CapsAsync(write.Db, id, cancellationToken)).All(view => view.Id != cap)) return Problem.NotFound($"spend cap {cap} of account {number}");
        if (body.Through < body.From) return Problem.Invalid(new Failure("records.bad-dates", "'through' is before 'from'."));
        var consent = new SpendCapConsent(new DateInterval(body.From, body.Through.AddDays(1)), body.GivenBy, body.GivenHow, clock.GetUtcNow());
        if (await SpendCapBook.ConsentAsync(write.Db, id, cap, consent, cancellationToken) is { } failure) return Refused(failure);
        await AllowanceDraws.RedrawAsync(write.Db, current.Tenant, id, cancellationToken);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/allowances", (await CapsAsync(write.Db, id, cancellationToken)).Single(view => view.Id == cap));
    }

    static async Task<IReadOnlyList<GivenView>> GivenAsync(TenantDb db, AccountId account, CancellationToken cancellationToken)
    {
        var codes = (await AllowanceBook.LoadAsync(db, cancellationToken)).ToDictionary(stored => stored.Id, stored => stored.Code);
        var labels = (await ServiceBook.LoadAsync(db, account, cancellationToken)).ToDictionary(service => service.Id, service => service.Details.Label);
        return [.. (await GivenAllowanceBook.LoadAsync(db, [account], cancellationToken)).Select(stored => new GivenView(stored.Id, codes[stored.Given.Allowance],
            stored.Given.Service is { } service ? labels[service] : null, stored.Given.Quantity, stored.Given.AnchorDay, stored.Given.Valid.From, stored.Given.Valid.To?.AddDays(-1), stored.Version))];
    }

    static async Task<IReadOnlyList<SpendCapView>> CapsAsync(TenantDb db, AccountId account, CancellationToken cancellationToken)
    {
        var labels = (await ServiceBook.LoadAsync(db, account, cancellationToken)).ToDictionary(service => service.Id, service => service.Details.Label);
        return [.. (await SpendCapBook.LoadAsync(db, [account], cancellationToken)).Select(stored => new SpendCapView(stored.Id, stored.Cap.Name, stored.Cap.Service is { } service ? labels[service] : null,
            stored.Cap.Limit, stored.Cap.AnchorDay, stored.Cap.Valid.From, stored.Cap.Valid.To?.AddDays(-1),
            [.. stored.Consents.Select(consent => new ConsentView(consent.Days.From, consent.Days.To!.Value.AddDays(-1), consent.GivenBy, consent.GivenHow, consent.NotedAt))], stored.Version))];
    }

    static async Task<Result<(ServiceId? Id, bool IsThere)>> ServiceAsync(TenantDb db, string number, string? label, CancellationToken cancellationToken)
    {
        if (label is null) return (null, false);
        return await ServiceList.FindAsync(db, number, label, cancellationToken) is { } id ? (id, true) : new Failure("records.no-service", $"Account {number} has no service '{label}'.");
    }

    static ProblemHttpResult Missing(string number) => Problem.NotFound($"account '{number}'");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
