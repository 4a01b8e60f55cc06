using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Catalog.Allowances;
using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Catalog.Endpoints;

/// <summary><c>/api/v1/allowances</c>, and what products include.</summary>
static class AllowanceApi
{
    static readonly object Sample = new { Code = "UK500", Name = "500 UK minutes", Pool = "account", Minutes = 500, Destinations = new[] { "UK landline", "UK mobile*" }, Crossing = "split" };

    public static void Map(IEndpointRouteBuilder api)
    {
        var allowances = api.MapGroup("/allowances").WithTags("Products and tariffs");
        allowances.MapGet("", ListAsync).As("listAllowances", "Allowances of the price list, by code; what is not given any more too.", Permission.ViewTariffs, new("/allowances"));
        allowances.MapGet("/{code}", GetAsync).As("getAllowance", "One allowance; its version is the ETag.", Permission.ViewTariffs, new("/allowances/UK100"));
        allowances.MapPost("", AddAsync).As("addAllowance", "Adds an allowance. What it gives never changes: another one takes its place.", Permission.ChangeTariffs, new("/allowances", Sample)).Once();
        var products = api.MapGroup("/products/{code}/allowances").WithTags("Products and tariffs");
        products.MapGet("", IncludedAsync).As("listIncludedAllowances", "What a product includes, now and before.", Permission.ViewTariffs, new("/products/LINE/allowances"));
        products.MapPost("", IncludeAsync).As("includeAllowance", "Includes an allowance in a recurring product from a day on, for everybody who has it.", Permission.ChangeTariffs,
            new("/products/LINE/allowances", new { Allowance = "UK100", From = "2026-11-01" })).Once();
    }

    static async Task<Ok<IReadOnlyList<AllowanceView>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<AllowanceView>>([.. (await AllowanceBook.LoadAsync(db, cancellationToken)).Select(AllowanceView.Of)]);
    }

    static async Task<Results<Ok<AllowanceView>, ProblemHttpResult>> GetAsync(string code, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await FindAsync(db, code, cancellationToken) is not { } stored) return Missing(code);
        Versioned.Tag(http, stored.Version);
        return TypedResults.Ok(AllowanceView.Of(stored));
    }

    static async Task<Results<Created<AllowanceView>, ProblemHttpResult>> AddAsync(AllowanceBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (body.Make(out var wrong) is not { } allowance) return Problem.Invalid(new Failure("allowance.bad-word", wrong));
        if (!(await AllowanceBook.AddAsync(write.Db, body.Code, allowance, cancellationToken)).TryGet(out _, out var failure)) return Refused(failure);
        var stored = (await FindAsync(write.Db, body.Code, cancellationToken))!;
        Versioned.Tag(http, stored.Version);
        return TypedResults.Created($"{ApiSetup.Root}/allowances/{Uri.EscapeDataString(body.Code)}", AllowanceView.Of(stored));
    }

    static async Task<Results<Ok<IReadOnlyList<IncludedView>>, ProblemHttpResult>> IncludedAsync(string code, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ProductAsync(db, code, cancellationToken) is not { } product) return Problem.NotFound($"product '{code}'");
        var codes = (await AllowanceBook.LoadAsync(db, cancellationToken)).ToDictionary(stored => stored.Id, stored => stored.Code);
        return TypedResults.Ok<IReadOnlyList<IncludedView>>([.. (await AllowanceBook.IncludedAsync(db, product.Id, cancellationToken)).Select(i => ViewOf(i, codes[i.Allowance]))]);
    }

    static async Task<Results<Created<IncludedView>, ProblemHttpResult>> IncludeAsync(string code, IncludeBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (await ProductAsync(write.Db, code, cancellationToken) is not { } product) return Problem.NotFound($"product '{code}'");
        if (await FindAsync(write.Db, body.Allowance, cancellationToken) is not { } allowance) return Problem.Invalid(new Failure("allowance.not-found", $"There is no allowance '{body.Allowance}'."));
        if (!(await AllowanceBook.IncludeAsync(write.Db, product.Id, allowance.Id, body.From, cancellationToken)).TryGet(out var id, out var failure)) return Refused(failure);
        return TypedResults.Created($"{ApiSetup.Root}/products/{Uri.EscapeDataString(code)}/allowances",
            ViewOf((await AllowanceBook.IncludedAsync(write.Db, product.Id, cancellationToken)).Single(i => i.Id == id), allowance.Code));
    }

    static IncludedView ViewOf(IncludedAllowance included, string code) => new(included.Id, code, included.Valid.From, included.Valid.To?.AddDays(-1), included.Version);

    static async Task<StoredAllowance?> FindAsync(TenantDb db, string code, CancellationToken cancellationToken) => (await AllowanceBook.LoadAsync(db, cancellationToken)).FirstOrDefault(stored => stored.Code == code);

    static async Task<StoredProduct?> ProductAsync(TenantDb db, string code, CancellationToken cancellationToken) => (await ProductBook.LoadAsync(db, cancellationToken)).FirstOrDefault(product => product.Product.Code == code);

    static ProblemHttpResult Missing(string code) => Problem.NotFound($"allowance '{code}'");

    static ProblemHttpResult Refused(Failure failure) => failure.Code == "records.taken" ? Problem.Conflict(failure) : Problem.Invalid(failure);
}
