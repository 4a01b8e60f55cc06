using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Customers.Endpoints;

/// <summary>An account's services, the numbers and circuits assigned to them, and its charges.</summary>
static class ServiceApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/accounts/{number}").WithTags("Services, numbers and charges");
        services.MapGet("/services", ServicesAsync).As("listServices", "An account's services.", Permission.ViewAccounts, new("/accounts/A001/services"));
        services.MapPost("/services", AddServiceAsync).As("addService", "Adds a service to an account.", Permission.ChangeAccounts, new("/accounts/A001/services", new { Label = "Second line" })).Once();
        services.MapGet("/numbers", NumbersAsync).As("listNumbers", "Numbers, ranges and circuits of an account, now and before.", Permission.ViewAccounts, new("/accounts/A001/numbers"));
        services.MapPost("/numbers", AssignAsync).As("assignNumber", "Assigns a number, a range or a circuit to a service from a day on.", Permission.ChangeAccounts,
            new("/accounts/A001/numbers", new { Service = "Line 1", First = "+441632960500", Last = "+441632960509", From = "2026-11-01" })).Once();
        services.MapGet("/charges", ChargesAsync).As("listCharges", "Recurring and one-off charges of an account.", Permission.ViewAccounts, new("/accounts/A001/charges"));
        services.MapPost("/one-off-charges", AddOneOffAsync).As("addOneOffCharge", "Adds a one-off charge, or a credit when the amount is negative.", Permission.ChangeAccounts,
            new("/accounts/A001/one-off-charges", new { Product = "CREDIT", Description = "Engineer did not come", Amount = "-15.00", On = "2026-11-10" })).Once();
    }

    static async Task<Results<Ok<IReadOnlyList<ServiceView>>, ProblemHttpResult>> ServicesAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        return TypedResults.Ok<IReadOnlyList<ServiceView>>([.. (await ServiceBook.LoadAsync(db, account.Account.Id, cancellationToken)).Select(s => new ServiceView(s.Id.Value, s.Details.Label, s.SiteName, s.Version))]);
    }

    static async Task<Results<Created<ServiceView>, ProblemHttpResult>> AddServiceAsync(string number, ServiceBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        var site = body.Site is null ? null : (await SiteBook.LoadAsync(write.Db, account.Account.Id, cancellationToken)).FirstOrDefault(s => s.Site.Name == body.Site);
        if (body.Site is not null && site is null) return Problem.Invalid(new Failure("records.no-site", $"Account {number} has no site '{body.Site}'."));
        if (!(await ServiceBook.AddAsync(write.Db, account.Account.Id, new ServiceDetails(body.Label, site?.Id, null), cancellationToken)).TryGet(out var id, out var failure)) return AccountApi.Refused(failure);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/services", new ServiceView(id.Value, body.Label.Trim(), body.Site, 1));
    }

    static async Task<Results<Ok<IReadOnlyList<NumberView>>, ProblemHttpResult>> NumbersAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        var labels = (await ServiceBook.LoadAsync(db, account.Account.Id, cancellationToken)).ToDictionary(s => s.Id, s => s.Details.Label);
        return TypedResults.Ok<IReadOnlyList<NumberView>>([.. (await NumberBook.LoadAsync(db, account.Account.Id, cancellationToken)).Select(a => NumberView.Of(a.Id, labels[a.Service], a.Block, a.Valid, a.Version))]);
    }

    static async Task<Results<Created<NumberView>, ProblemHttpResult>> AssignAsync(string number, NumberBody body, ApiWrite write, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if ((await ServiceBook.LoadAsync(write.Db, account.Account.Id, cancellationToken)).FirstOrDefault(s => s.Details.Label == body.Service) is not { } service)
            return Problem.Invalid(new Failure("records.no-service", $"Account {number} has no service '{body.Service}'."));
        if (!body.Block(current.Tenant.Country).TryGet(out var block, out var failure)) return Problem.Invalid(failure);
        if (DaysBody.Fault(body.From, body.Through) is { } wrong) return Problem.Invalid(wrong);
        var valid = new DateInterval(body.From, body.Through?.AddDays(1));
        if (!(await NumberBook.AssignAsync(write.Db, service.Id, block, valid, cancellationToken)).TryGet(out var id, out failure)) return AccountApi.Refused(failure);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/numbers", NumberView.Of(id, body.Service, block, valid, 1));
    }

    static async Task<Results<Ok<ChargesView>, ProblemHttpResult>> ChargesAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        var recurring = await ChargeBook.LoadAsync(db, account.Account.Id, cancellationToken);
        var oneOffs = await ChargeBook.LoadOneOffsAsync(db, account.Account.Id, cancellationToken);
        return TypedResults.Ok(new ChargesView(
            await RecurringApi.ViewsAsync(db, account.Account.Id, recurring, cancellationToken),
            [.. oneOffs.Select(c => new OneOffView(c.Charge.Id, c.Charge.Description, c.Charge.Amount, c.Charge.ChargeOn, c.Version))]));
    }

    static async Task<Results<Created<OneOffView>, ProblemHttpResult>> AddOneOffAsync(string number, OneOffBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        var product = (await ProductList.LoadAsync(write.Db, cancellationToken)).FirstOrDefault(p => p.Value.Code == body.Product);
        if (product.Value is null) return Problem.Invalid(new Failure("records.no-product", $"There is no product '{body.Product}'."));
        var charge = new OneOffCharge(0, account.Account.Id, null, product.Key, body.Description, body.Amount, body.On);
        if (!(await ChargeBook.AddAsync(write.Db, charge, cancellationToken)).TryGet(out var id, out var failure)) return AccountApi.Refused(failure);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/charges", new OneOffView(id, body.Description, body.Amount, body.On, 1));
    }
}
