using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.Guards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/volume-guards</c>: how far carriers' files may be from those before them.</summary>
static class GuardApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var guards = api.MapGroup("/volume-guards").WithTags("CDR files");
        guards.MapGet("", ListAsync).As("listVolumeGuards", "How far carriers' files may be from those before them, by carrier.", Permission.ViewUsage, new("/volume-guards"));
        guards.MapPost("", AddAsync).As("addVolumeGuard", "Guards a carrier: a file that is off by more is held until somebody releases or drops it.", Permission.ImportUsage,
            new("/volume-guards", new { Carrier = "Gamma", Files = 8, LinesPercent = 50, PricePercent = 25 })).Once();
        guards.MapGet("/{id:long}", GetAsync).As("getVolumeGuard", "One guard; its version is the ETag.", Permission.ViewUsage, new("/volume-guards/1"));
        guards.MapPut("/{id:long}", ChangeAsync).As("changeVolumeGuard", "Changes a guard.", Permission.ImportUsage, new("/volume-guards/1", new { Carrier = "Beta", Files = 12, CostPercent = 40 }) { IfMatch = 1 }).Once();
    }

    static async Task<Ok<IReadOnlyList<VolumeGuard>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await GuardBook.LoadAsync(db, cancellationToken));
    }

    static async Task<Results<Ok<VolumeGuard>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await GuardBook.FindAsync(db, id, cancellationToken) is { } guard ? TypedResults.Ok(Tagged(http, guard)) : Missing(id);
    }

    static async Task<Results<Created<VolumeGuard>, ProblemHttpResult>> AddAsync(GuardBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken) =>
        (await GuardBook.SaveAsync(write.Db, body.Guard, cancellationToken)).TryGet(out var guard, out var failure)
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/volume-guards/{guard.Id}"), Tagged(http, guard))
            : Refused(failure);

    static async Task<Results<Ok<VolumeGuard>, ProblemHttpResult>> ChangeAsync(long id, GuardBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await GuardBook.FindAsync(write.Db, id, cancellationToken) is null) return Missing(id);
        return (await GuardBook.SaveAsync(write.Db, body.Guard with { Id = id, Version = version }, cancellationToken)).TryGet(out var guard, out var failure) ? TypedResults.Ok(Tagged(http, guard)) : Refused(failure);
    }

    static VolumeGuard Tagged(HttpContext http, VolumeGuard guard)
    {
        Versioned.Tag(http, guard.Version);
        return guard;
    }

    static ProblemHttpResult Missing(long id) => Problem.NotFound($"guard {id}");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "records.taken" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
