using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Catalog.Endpoints;

/// <summary><c>/api/v1/products</c>.</summary>
static class ProductApi
{
    static readonly object Sample = new { Code = "BB100", Name = "Broadband 100", Price = "29.50", TaxCategory = "standard", NominalCode = "4110", EveryMonths = 1 };

    public static void Map(IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Products and tariffs");
        products.MapGet("", ListAsync).As("listProducts", "What is sold besides calls, by code; what is not sold any more too.", Permission.ViewTariffs, new("/products"));
        products.MapGet("/{code}", GetAsync).As("getProduct", "One product; its version is the ETag.", Permission.ViewTariffs, new("/products/LINE"));
        products.MapPost("", AddAsync).As("addProduct", "Adds a product.", Permission.ChangeTariffs, new("/products", Sample)).Once();
        products.MapPut("/{code}", ChangeAsync).As("changeProduct", "Changes a product. A new price holds for what is sold from now on.", Permission.ChangeTariffs,
            new("/products/LINE", new { Code = "LINE", Name = "Line rental", Price = "12.50", TaxCategory = "standard", NominalCode = "4100", EveryMonths = 1, Billing = "arrears" }) { IfMatch = 1 }).Once();
    }

    static async Task<Ok<IReadOnlyList<ProductView>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ProductView>>([.. (await ProductBook.LoadAsync(db, cancellationToken)).Select(ProductView.Of)]);
    }

    static async Task<Results<Ok<ProductView>, ProblemHttpResult>> GetAsync(string code, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await FindAsync(db, code, cancellationToken) is { } product ? TypedResults.Ok(Tagged(http, product)) : Missing(code);
    }

    static async Task<Results<Created<ProductView>, ProblemHttpResult>> AddAsync(ProductBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken) =>
        (await ProductBook.AddAsync(write.Db, body.Make(), cancellationToken)).TryGet(out _, out var failure)
            ? TypedResults.Created($"{ApiSetup.Root}/products/{Uri.EscapeDataString(body.Code)}", Tagged(http, (await FindAsync(write.Db, body.Code, cancellationToken))!))
            : Refused(failure);

    static async Task<Results<Ok<ProductView>, ProblemHttpResult>> ChangeAsync(string code, ProductBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await FindAsync(write.Db, code, cancellationToken) is not { } found) return Missing(code);
        return (await ProductBook.ChangeAsync(write.Db, found.Id, version, body.Make(), cancellationToken)).TryGet(out _, out var failure)
            ? TypedResults.Ok(Tagged(http, (await FindAsync(write.Db, body.Code, cancellationToken))!))
            : Refused(failure);
    }

    static async Task<StoredProduct?> FindAsync(TenantDb db, string code, CancellationToken cancellationToken) => (await ProductBook.LoadAsync(db, cancellationToken)).FirstOrDefault(product => product.Product.Code == code);

    static ProductView Tagged(HttpContext http, StoredProduct product)
    {
        Versioned.Tag(http, product.Version);
        return ProductView.Of(product);
    }

    static ProblemHttpResult Missing(string code) => Problem.NotFound($"product '{code}'");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "records.taken" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
