using System.Text;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Rating.Endpoints;

/// <summary><c>/api/v1/tariffs</c>: tariffs and their published versions.</summary>
static class TariffApi
{
    const string Example = """
        { "formatVersion": 1, "name": "Retail 2027", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } }, "rates": [ { "prefix": "44", "destination": "UK", "perMinute": "0.02" } ] }
        """;

    public static void Map(IEndpointRouteBuilder api)
    {
        var tariffs = api.MapGroup("/tariffs").WithTags("Products and tariffs");
        tariffs.MapGet("", ListAsync).As("listTariffs", "Tariffs, in the order of their codes; those retired too.", Permission.ViewTariffs, new("/tariffs?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tariffs.MapGet("/{code}", GetAsync).As("getTariff", "One tariff; its version is the ETag.", Permission.ViewTariffs, new("/tariffs/default"));
        tariffs.MapGet("/{code}/versions", VersionsAsync).As("listTariffVersions", "The published versions of a tariff, the latest first.", Permission.ViewTariffs, new("/tariffs/default/versions")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tariffs.MapGet("/{code}/versions/{version:int}/document", DocumentAsync).As("getTariffDocument", "The document of a version, whole. Needs the scope `records.export` besides.", Permission.ViewTariffs, new("/tariffs/default/versions/1/document"))
            .Produces<Stream>(StatusCodes.Status200OK, "application/json");
        tariffs.MapPost("", AddAsync).As("addTariff", "Makes a tariff and publishes its first version. What is wrong with the document is said under `faults`, each with its place.", Permission.ChangeTariffs,
            new("/tariffs", new { Code = "RETAIL-2027", Document = Example, Note = "From the board's list of 3 October." })).Once();
        tariffs.MapPost("/{code}/default", DefaultAsync).As("makeTariffDefault", "Makes it the one that prices calls of accounts without a tariff of their own.", Permission.ChangeTariffs, new("/tariffs/RETAIL-2027/default") { IfMatch = 1 }).Once();
        tariffs.MapPost("/{code}/retire", RetireAsync).As("retireTariff", "Retires a tariff: nobody can be given it any more, who has it keeps it.", Permission.ChangeTariffs, new("/tariffs/default/retire") { IfMatch = 3 }).Once();
        tariffs.MapPost("/{code}/restore", RestoreAsync).As("restoreTariff", "Brings a retired tariff back.", Permission.ChangeTariffs, new("/tariffs/default/restore") { IfMatch = 4 }).Once();
    }

    static async Task<Results<Ok<Page<TariffView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        await using var db = await current.BeginAsync(cancellationToken);
        var changed = (await ChangedSince.KeysAsync(db, "rating.tariff", "tariff_id", query.UpdatedSince, cancellationToken))?.ToHashSet();
        // By code letter for letter, which no collation of a server changes between two pieces.
        var tariffs = (await TariffBook.LoadAsync(db, cancellationToken)).Where(tariff => (changed is null || changed.Contains(tariff.Id)) && (query.AfterKey is null || string.CompareOrdinal(tariff.Code, query.AfterKey) > 0))
            .OrderBy(tariff => tariff.Code, StringComparer.Ordinal).Take(query.Fetch).ToList();
        return TypedResults.Ok(query.Cut(tariffs, tariff => tariff.Code, TariffView.Of));
    }

    static async Task<Results<Ok<TariffView>, ProblemHttpResult>> GetAsync(string code, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await FindAsync(db, code, cancellationToken) is { } tariff ? TypedResults.Ok(Tagged(http, tariff)) : Missing(code);
    }

    static async Task<Results<Ok<Page<TariffVersionView>>, ProblemHttpResult>> VersionsAsync(string code, [AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        if (await FindAsync(db, code, cancellationToken) is not { } tariff) return Missing(code);
        var versions = (await TariffBook.LoadVersionsAsync(db, tariff.Id, cancellationToken)).Where(version => (after is null || version.Version < after) && (query.UpdatedSince is null || version.PublishedAt >= query.UpdatedSince))
            .Take(query.Fetch).ToList();
        return TypedResults.Ok(query.Cut(versions, version => version.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), TariffVersionView.Of));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DocumentAsync(string code, int version, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (!current.May(Permission.Export)) return Problem.Of(StatusCodes.Status403Forbidden, new Failure("api.no-scope", $"A document leaves with the scope {Permission.Export} only, which the key has not."));
        await using var db = await current.BeginAsync(cancellationToken);
        if (await FindAsync(db, code, cancellationToken) is not { } tariff) return Missing(code);
        return await TariffBook.FindDocumentAsync(db, tariff.Id, version, cancellationToken) is { } document ? TypedResults.Bytes(Encoding.UTF8.GetBytes(document), "application/json") : MissingVersion(code, version);
    }

    static async Task<Results<Created<TariffView>, ProblemHttpResult>> AddAsync(NewTariffBody body, ApiWrite write, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        var code = body.Code.Trim();
        if (await FindAsync(write.Db, code, cancellationToken) is { } there)
            return Problem.Conflict(new Failure("records.taken", $"There is a tariff {there.Code} already. Send its next version as a draft, or choose another code."));
        var (proposal, errors) = await TariffProposal.ReadAsync(write.Db, null, body.Document, cancellationToken);
        if (proposal is null) return Faulty(errors);
        if (!(await TariffBook.PublishAsync(write.Db, code, 0, proposal.Document, proposal.Entered, string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim(), clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var refused)) return Refused(refused);
        return TypedResults.Created($"{ApiSetup.Root}/tariffs/{Uri.EscapeDataString(code)}", Tagged(http, (await FindAsync(write.Db, code, cancellationToken))!));
    }

    static Task<Results<Ok<TariffView>, ProblemHttpResult>> DefaultAsync(string code, ApiWrite write, HttpContext http, CancellationToken cancellationToken) =>
        ChangeAsync(code, write, http, (tariff, version) => TariffBook.MakeDefaultAsync(write.Db, tariff.Id, version, cancellationToken), cancellationToken);

    static Task<Results<Ok<TariffView>, ProblemHttpResult>> RetireAsync(string code, ApiWrite write, HttpContext http, CancellationToken cancellationToken) =>
        ChangeAsync(code, write, http, (tariff, version) => TariffBook.RetireAsync(write.Db, tariff.Id, version, isRetired: true, cancellationToken), cancellationToken);

    static Task<Results<Ok<TariffView>, ProblemHttpResult>> RestoreAsync(string code, ApiWrite write, HttpContext http, CancellationToken cancellationToken) =>
        ChangeAsync(code, write, http, (tariff, version) => TariffBook.RetireAsync(write.Db, tariff.Id, version, isRetired: false, cancellationToken), cancellationToken);

    static async Task<Results<Ok<TariffView>, ProblemHttpResult>> ChangeAsync(string code, ApiWrite write, HttpContext http, Func<TariffEntry, int, Task<Result<int>>> change, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await FindAsync(write.Db, code, cancellationToken) is not { } tariff) return Missing(code);
        return (await change(tariff, version)).TryGet(out _, out var refused) ? TypedResults.Ok(Tagged(http, (await FindAsync(write.Db, code, cancellationToken))!)) : Refused(refused);
    }

    internal static async Task<TariffEntry?> FindAsync(TenantDb db, string code, CancellationToken cancellationToken) =>
        (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(tariff => tariff.Code == code && tariff.Latest > 0);

    internal static ProblemHttpResult Missing(string code) => Problem.NotFound($"tariff '{code}'");

    internal static ProblemHttpResult MissingVersion(string code, int version) => Problem.NotFound(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"version {version} of tariff '{code}'"));

    /// <summary>The refusal of a document or a sheet: the first fault as the problem, the first hundred with their places.</summary>
    internal static ProblemHttpResult Faulty(IReadOnlyList<TariffError> errors)
    {
        var refused = Problem.Invalid(new Failure(errors[0].Code, $"{errors[0].Place}: {errors[0].Message}"));
        refused.ProblemDetails.Extensions["faults"] = errors.Take(100).Select(FaultView.Of).ToList();
        return refused;
    }

    internal static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "records.taken" or "records.in-use" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };

    static TariffView Tagged(HttpContext http, TariffEntry tariff)
    {
        Versioned.Tag(http, tariff.Version);
        return TariffView.Of(tariff);
    }
}
