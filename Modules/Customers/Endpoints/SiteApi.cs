using System.Globalization;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Customers.Endpoints;

/// <summary><c>/api/v1/accounts/NUMBER/sites</c>.</summary>
static class SiteApi
{
    static readonly string[] Address = ["Unit 4", "Station Road", "Leeds"];

    public static void Map(IEndpointRouteBuilder api)
    {
        var sites = api.MapGroup("/accounts/{number}/sites").WithTags("Accounts");
        sites.MapGet("", ListAsync).As("listSites", "An account's places; the billing address first.", Permission.ViewAccounts, new("/accounts/A001/sites"));
        sites.MapGet("/{site:long}", GetAsync).As("getSite", "One site; its version is the ETag.", Permission.ViewAccounts, new("/accounts/A001/sites/1"));
        sites.MapPost("", AddAsync).As("addSite", "Adds a site to an account.", Permission.ChangeAccounts, new("/accounts/A001/sites", new { Name = "Warehouse", Address })).Once();
        sites.MapPut("/{site:long}", ChangeAsync).As("changeSite", "Changes a site. Bills that are posted keep the address they were posted with.", Permission.ChangeAccounts,
            new("/accounts/A001/sites/1", new { Name = "Head office", Address, IsBilling = true }) { IfMatch = 1 }).Once();
        sites.MapDelete("/{site:long}", RemoveAsync).As("removeSite", "Removes a site that no service stands at.", Permission.ChangeAccounts, new("/accounts/A001/sites/4") { IfMatch = 1 }).Once();
    }

    static async Task<Results<Ok<IReadOnlyList<SiteView>>, ProblemHttpResult>> ListAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        return TypedResults.Ok<IReadOnlyList<SiteView>>([.. (await SiteBook.LoadAsync(db, account.Account.Id, cancellationToken)).Select(SiteView.Of)]);
    }

    static async Task<Results<Ok<SiteView>, ProblemHttpResult>> GetAsync(string number, long site, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        return await FindAsync(db, account.Account.Id, site, cancellationToken) is { } found ? TypedResults.Ok(Tagged(http, found)) : Missing(number, site);
    }

    static async Task<Results<Created<SiteView>, ProblemHttpResult>> AddAsync(string number, SiteBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if (!(await SiteBook.AddAsync(write.Db, account.Account.Id, body.Make(), cancellationToken)).TryGet(out var id, out var failure)) return AccountApi.Refused(failure);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/sites/{id}"), Tagged(http, (await FindAsync(write.Db, account.Account.Id, id, cancellationToken))!));
    }

    static async Task<Results<Ok<SiteView>, ProblemHttpResult>> ChangeAsync(string number, long site, SiteBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if (await FindAsync(write.Db, account.Account.Id, site, cancellationToken) is null) return Missing(number, site);
        return (await SiteBook.ChangeAsync(write.Db, account.Account.Id, site, version, body.Make(), cancellationToken)).TryGet(out _, out var failure)
            ? TypedResults.Ok(Tagged(http, (await FindAsync(write.Db, account.Account.Id, site, cancellationToken))!))
            : AccountApi.Refused(failure);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string number, long site, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } account) return AccountApi.Missing(number);
        if (await FindAsync(write.Db, account.Account.Id, site, cancellationToken) is null) return Missing(number, site);
        return (await SiteBook.RemoveAsync(write.Db, account.Account.Id, site, version, cancellationToken)).TryGet(out _, out var failure) ? TypedResults.NoContent() : AccountApi.Refused(failure);
    }

    static async Task<StoredSite?> FindAsync(TenantDb db, AccountId account, long site, CancellationToken cancellationToken) => (await SiteBook.LoadAsync(db, account, cancellationToken)).FirstOrDefault(stored => stored.Id == site);

    static SiteView Tagged(HttpContext http, StoredSite site)
    {
        Versioned.Tag(http, site.Version);
        return SiteView.Of(site);
    }

    static ProblemHttpResult Missing(string number, long site) => Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"site {site} of account '{number}'"));
}
