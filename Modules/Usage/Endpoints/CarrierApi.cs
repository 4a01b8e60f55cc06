using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/described-carriers</c>: carriers whose files are described instead of programmed.</summary>
static class CarrierApi
{
    const string Example = """
        { "id": "acme-calls", "name": "Acme, calls", "carrier": "Acme", "timeZone": "Europe/London",
          "fields": { "start": { "column": "Date", "pattern": "dd/MM/yyyy HH:mm:ss" }, "to": { "column": "Called" }, "duration": { "column": "Seconds" } } }
        """;

    public static void Map(IEndpointRouteBuilder api)
    {
        var carriers = api.MapGroup("/described-carriers").WithTags("CDR files");
        carriers.MapGet("", ListAsync).As("listDescribedCarriers", "The carriers whose files were described, by code.", Permission.ViewUsage, new("/described-carriers"));
        carriers.MapPost("", AddAsync).As("addDescribedCarrier", "Describes a carrier's files; what is wrong with the description is said with its place.", Permission.ImportUsage, new("/described-carriers", new { Document = Example })).Once();
        carriers.MapGet("/{code}", GetAsync).As("getDescribedCarrier", "One description; its version is the ETag.", Permission.ViewUsage, new("/described-carriers/acme"));
        carriers.MapPut("/{code}", ChangeAsync).As("changeDescribedCarrier", "Changes a description. Files that are in stay as they are.", Permission.ImportUsage,
            new("/described-carriers/acme", new { Document = Example.Replace("acme-calls", "acme", StringComparison.Ordinal) }) { IfMatch = 1 }).Once();
    }

    static async Task<Ok<IReadOnlyList<CarrierView>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<CarrierView>>([.. (await DescribedCarriers.LoadAsync(db, cancellationToken)).Select(CarrierView.Of)]);
    }

    static async Task<Results<Ok<CarrierView>, ProblemHttpResult>> GetAsync(string code, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await DescribedCarriers.FindAsync(db, code, cancellationToken) is { } carrier ? TypedResults.Ok(Tagged(http, carrier)) : Missing(code);
    }

    static async Task<Results<Created<CarrierView>, ProblemHttpResult>> AddAsync(CarrierBody body, ApiWrite write, CdrFormatCatalog plugins, HttpContext http, CancellationToken cancellationToken) =>
        (await DescribedCarriers.SaveAsync(write.Db, plugins, null, 0, body.Document, cancellationToken)).TryGet(out var carrier, out var failure)
            ? TypedResults.Created($"{ApiSetup.Root}/described-carriers/{Uri.EscapeDataString(carrier.Code)}", Tagged(http, carrier))
            : Refused(failure);

    static async Task<Results<Ok<CarrierView>, ProblemHttpResult>> ChangeAsync(
        string code, CarrierBody body, ApiWrite write, CdrFormatCatalog plugins, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await DescribedCarriers.FindAsync(write.Db, code, cancellationToken) is null) return Missing(code);
        return (await DescribedCarriers.SaveAsync(write.Db, plugins, code, version, body.Document, cancellationToken)).TryGet(out var carrier, out var failure)
            ? TypedResults.Ok(Tagged(http, carrier))
            : Refused(failure);
    }

    static CarrierView Tagged(HttpContext http, DescribedCarrier carrier)
    {
        Versioned.Tag(http, carrier.Version);
        return CarrierView.Of(carrier);
    }

    static ProblemHttpResult Missing(string code) => Problem.NotFound($"described carrier '{code}'");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "records.taken" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
