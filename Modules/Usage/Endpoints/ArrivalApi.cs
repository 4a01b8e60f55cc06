using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/arrival-plans</c>: what carriers are expected to send, and what came.</summary>
static class ArrivalApi
{
    static readonly object Example = new { Carrier = "Acme", Label = "Daily calls", Every = "daily", DueMinutes = 720, FromOn = "2026-11-01", NamePattern = @"ACM_(?<date>\d{8})_(?<number>\d+)\.csv", DateForm = "yyyyMMdd" };

    public static void Map(IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/arrival-plans").WithTags("CDR files");
        plans.MapGet("", ListAsync).As("listArrivalPlans", "What carriers are expected to send, with what came for each hour, day or month, the latest first.", Permission.ViewUsage, new("/arrival-plans"));
        plans.MapPost("", AddAsync).As("addArrivalPlan", "Expects a file.", Permission.ImportUsage, new("/arrival-plans", Example)).Once();
        plans.MapGet("/{id:long}", GetAsync).As("getArrivalPlan", "One of them; its version is the ETag.", Permission.ViewUsage, new("/arrival-plans/1"));
        plans.MapPut("/{id:long}", ChangeAsync).As("changeArrivalPlan", "Changes what is expected.", Permission.ImportUsage, new("/arrival-plans/1", new { Carrier = "Acme", Label = "All calls", Every = "hourly", DueMinutes = 30, FromOn = "2026-11-01" }) { IfMatch = 1 }).Once();
        plans.MapPost("/{id:long}/excuses", ExcuseAsync).As("excuseArrival", "Says that a file that is late will not come.", Permission.ImportUsage, new("/arrival-plans/2/excuses", new { Slot = "2026-10-20T00:00:00+01:00", Why = "The carrier was shut." })).Once();
    }

    static async Task<Ok<IReadOnlyList<ArrivalView>>> ListAsync(CurrentTenant current, CdrFormatCatalog plugins, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ArrivalView>>([.. (await ArrivalBook.LoadAsync(db, current.Tenant, plugins, clock.GetUtcNow(), cancellationToken)).Select(ArrivalView.Of)]);
    }

    static async Task<Results<Ok<ArrivalView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CdrFormatCatalog plugins, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if ((await ArrivalBook.LoadAsync(db, current.Tenant, plugins, clock.GetUtcNow(), cancellationToken)).FirstOrDefault(one => one.Plan.Id == id) is not { } calendar) return Missing(id);
        Versioned.Tag(http, calendar.Plan.Version);
        return TypedResults.Ok(ArrivalView.Of(calendar));
    }

    static async Task<Results<Created<PlanView>, ProblemHttpResult>> AddAsync(PlanBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (!(await ArrivalBook.SaveAsync(write.Db, 0, 0, body.Terms, cancellationToken)).TryGet(out var plan, out var failure)) return Refused(failure);
        Versioned.Tag(http, plan.Version);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/arrival-plans/{plan.Id}"), PlanView.Of(plan));
    }

    static async Task<Results<Ok<PlanView>, ProblemHttpResult>> ChangeAsync(long id, PlanBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await ArrivalBook.FindAsync(write.Db, id, cancellationToken) is null) return Missing(id);
        if (!(await ArrivalBook.SaveAsync(write.Db, id, version, body.Terms, cancellationToken)).TryGet(out var plan, out var failure)) return Refused(failure);
        Versioned.Tag(http, plan.Version);
        return TypedResults.Ok(PlanView.Of(plan));
    }

    static async Task<Results<Ok<ArrivalSlot>, ProblemHttpResult>> ExcuseAsync(long id, ExcuseBody body, ApiWrite write, CurrentTenant current, CdrFormatCatalog plugins, TimeProvider clock, CancellationToken cancellationToken) =>
        (await ArrivalBook.ExcuseAsync(write.Db, current.Tenant, plugins, id, body.Slot, body.Why, clock.GetUtcNow(), cancellationToken)).TryGet(out var slot, out var failure) ? TypedResults.Ok(slot) : Refused(failure);

    static ProblemHttpResult Missing(long id) => Problem.NotFound($"arrival plan {id}");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        "arrival.not-found" => Problem.Of(StatusCodes.Status404NotFound, failure),
        LastChange.Gone or "records.taken" or "arrival.not-late" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
