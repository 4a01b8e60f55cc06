using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Customers.Endpoints;

/// <summary><c>/api/v1/accounts/NUMBER/recurring-charges</c>.</summary>
static class RecurringApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var charges = api.MapGroup("/accounts/{number}/recurring-charges").WithTags("Services, numbers and charges");
        charges.MapGet("/{charge:long}", GetAsync).As("getRecurringCharge", "One recurring charge; its version is the ETag.", Permission.ViewAccounts, new("/accounts/A001/recurring-charges/1"));
        charges.MapPost("", AddAsync).As("addRecurringCharge", "Charges a product again and again from a day on.", Permission.ChangeAccounts,
            new("/accounts/A001/recurring-charges", new { Product = "LINE", Service = "Line 1", From = "2026-11-10", Quantity = "2", Price = "9.50" })).Once();
        charges.MapPost("/{charge:long}/change", ChangeAsync).As("changeRecurringCharge",
            "Another price, quantity or description from a day on: the charge ends there, and the answer is the one that follows it. Days that are on an invoice stay as they were.", Permission.ChangeAccounts,
            new("/accounts/A001/recurring-charges/1/change", new { From = "2026-12-01", Price = "14.00" }) { IfMatch = 1 }).Once();
        charges.MapPost("/{charge:long}/end", EndAsync).As("endRecurringCharge", "Ends a recurring charge with a day, moves its end, or takes the end away.", Permission.ChangeAccounts,
            new("/accounts/A001/recurring-charges/3/end", new { Through = "2027-03-31" }) { IfMatch = 1 }).Once();
        charges.MapDelete("/{charge:long}", RemoveAsync).As("removeRecurringCharge", "Removes a recurring charge of which nothing is billed, as if it had never been.", Permission.ChangeAccounts, new("/accounts/A001/recurring-charges/3") { IfMatch = 2 }).Once();
    }

    static async Task<Results<Ok<RecurringView>, ProblemHttpResult>> GetAsync(string number, long charge, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        return await FindAsync(db, account.Account.Id, charge, cancellationToken) is { } found ? TypedResults.Ok(await TaggedAsync(db, http, found, cancellationToken)) : Missing(number, charge);
    }

    static async Task<Results<Created<RecurringView>, ProblemHttpResult>> AddAsync(string number, RecurringBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if ((await ChargeBook.SoldAsync(write.Db, cancellationToken)).FirstOrDefault(one => one.Product.Code == body.Product) is not { } product)
            return Problem.Invalid(new Failure("records.no-product", $"There is no recurring product '{body.Product}' that is sold."));
        var service = body.Service is null ? null : (await ServiceBook.LoadAsync(write.Db, account.Account.Id, cancellationToken)).FirstOrDefault(one => one.Details.Label == body.Service);
        if (body.Service is not null && service is null) return Problem.Invalid(new Failure("records.no-service", $"Account {number} has no service '{body.Service}'."));
        if (DaysBody.Fault(body.From, body.Through) is { } wrong) return Problem.Invalid(wrong);
        var charge = ChargeBook.Of(account.Account.Id, service?.Id, product, body.Description, body.Quantity, body.Price, body.AnchorDay, new DateInterval(body.From, body.Through?.AddDays(1)));
        if (!(await ChargeBook.AddAsync(write.Db, charge, cancellationToken)).TryGet(out var id, out var failure)) return AccountApi.Refused(failure);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/recurring-charges/{id.Value}"),
            await TaggedAsync(write.Db, http, (await FindAsync(write.Db, account.Account.Id, id.Value, cancellationToken))!, cancellationToken));
    }

    static Task<Results<Ok<RecurringView>, ProblemHttpResult>> ChangeAsync(string number, long charge, RecurringChangeBody body, ApiWrite write, IChargeHistory history, HttpContext http, CancellationToken cancellationToken) =>
        WriteAsync(number, charge, write, http, (stored, version) => ChargeBook.ChangeAsync(write.Db, stored.Charge.Account, stored.Charge.Id, version, body.From, body.Quantity ?? stored.Charge.Quantity, body.Price ?? stored.Charge.Price,
            body.Description?.Trim() ?? stored.Charge.Description, history, cancellationToken), cancellationToken);

    static async Task<Results<Ok<RecurringView>, ProblemHttpResult>> EndAsync(string number, long charge, RecurringEndBody body, ApiWrite write, IChargeHistory history, HttpContext http, CancellationToken cancellationToken)
    {
        if (DaysBody.Fault(DateOnly.MinValue, body.Through) is { } wrong) return Problem.Invalid(wrong);
        return await WriteAsync(number, charge, write, http, async (stored, version) =>
            (await ChargeBook.EndAsync(write.Db, stored.Charge.Account, stored.Charge.Id, version, body.Through, history, cancellationToken)).TryGet(out _, out var refused) ? stored.Charge.Id : refused, cancellationToken);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string number, long charge, ApiWrite write, IChargeHistory history, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if (await FindAsync(write.Db, account.Account.Id, charge, cancellationToken) is not { } found) return Missing(number, charge);
        return (await ChargeBook.RemoveAsync(write.Db, account.Account.Id, found.Charge.Id, version, history, cancellationToken)).TryGet(out _, out var refused) ? TypedResults.NoContent() : AccountApi.Refused(refused);
    }

    // Does something to a charge and answers with the one that holds then.
    static async Task<Results<Ok<RecurringView>, ProblemHttpResult>> WriteAsync(
        string number, long charge, ApiWrite write, HttpContext http, Func<StoredCharge, int, Task<Result<SubscriptionId>>> change, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if (await FindAsync(write.Db, account.Account.Id, charge, cancellationToken) is not { } found) return Missing(number, charge);
        if (!(await change(found, version)).TryGet(out var holds, out var refused)) return AccountApi.Refused(refused);
        return TypedResults.Ok(await TaggedAsync(write.Db, http, (await FindAsync(write.Db, account.Account.Id, holds.Value, cancellationToken))!, cancellationToken));
    }

    static async Task<StoredCharge?> FindAsync(TenantDb db, AccountId account, long charge, CancellationToken cancellationToken) =>
        (await ChargeBook.LoadAsync(db, account, cancellationToken)).FirstOrDefault(stored => stored.Charge.Id.Value == charge);

    static async Task<RecurringView> TaggedAsync(TenantDb db, HttpContext http, StoredCharge charge, CancellationToken cancellationToken)
    {
        Versioned.Tag(http, charge.Version);
        return (await ViewsAsync(db, charge.Charge.Account, [charge], cancellationToken))[0];
    }

    internal static async Task<IReadOnlyList<RecurringView>> ViewsAsync(TenantDb db, AccountId account, IReadOnlyList<StoredCharge> charges, CancellationToken cancellationToken)
    {
        var products = await ProductList.LoadAsync(db, cancellationToken);
        var services = (await ServiceBook.LoadAsync(db, account, cancellationToken)).ToDictionary(service => service.Id, service => service.Details.Label);
        return [.. charges.Select(charge => RecurringView.Of(charge, products, services))];
    }

    static ProblemHttpResult Missing(string number, long charge) => Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"recurring charge {charge} of account '{number}'"));
}
