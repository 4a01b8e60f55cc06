using System.Globalization;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Explaining;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/cdr-files</c>.</summary>
static class UsageApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/cdr-files").WithTags("CDR files");
        files.MapGet("", ListAsync).As("listCdrFiles", "CDR files in the order of import, each with where its lines went.", Permission.ViewUsage, new("/cdr-files?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        files.MapGet("/{id:long}/lines/{line:long}/explanation", ExplainAsync).As("explainLine", "How a line became an amount: what was read, who pays and why, the tariff, every step of the arithmetic.", Permission.ViewUsage,
            new("/cdr-files/1/lines/2/explanation"));
        files.MapPost("/{id:long}/rollback", RollBackAsync).As("rollBackCdrFile", "Takes a file out again while nothing of it is billed: its lines go, and those of other files that it replaced come back. The same bytes can be uploaded again.",
            Permission.ImportUsage, new("/cdr-files/2/rollback", new { Why = "The carrier sent the wrong month." })).Once();
        api.MapGroup("/cdr-rollbacks").WithTags("CDR files").MapGet("", RollbacksAsync).As("listCdrRollbacks", "The latest 500 files that were taken out again, by whom and why.", Permission.ViewUsage, new("/cdr-rollbacks"));
        files.MapGet("/{id:long}/comparison", CompareAsync).As("compareCdrFile", "Where a reconciliation file and what is billed differ, by day and number.", Permission.MendUsage, new("/cdr-files/2/comparison"));
        files.MapGet("/{id:long}", GetAsync).As("getCdrFile", "One CDR file.", Permission.ViewUsage, new("/cdr-files/1"));
    }

    static async Task<Results<Ok<Page<FileBalance>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var files = await UsageBalance.WalkAsync(db, after ?? 0, query.UpdatedSince, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(files, file => file.FileId.ToString(CultureInfo.InvariantCulture), file => file));
    }

    static async Task<Results<Ok<CallTraceView>, ProblemHttpResult>> ExplainAsync(long id, long line, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await new CallTraces(db, current.Tenant).FindAsync(id, line, cancellationToken) is not { } trace) return Problem.NotFound($"Line {line} of CDR file {id}");
        return TypedResults.Ok(CallTraceView.Of(trace, text => current.May(Permission.MendUsage) ? text : MaskedText.Of(text)));
    }

    static async Task<Results<Ok<RolledBackFile>, ProblemHttpResult>> RollBackAsync(long id, ReasonBody body, ApiWrite write, CurrentTenant current, IInvoiceNames invoices, TimeProvider clock, CancellationToken cancellationToken)
    {
        if ((await FileRollback.RunAsync(write.Db, current.Tenant, id, body.Why, invoices, clock.GetUtcNow(), cancellationToken)).TryGet(out var gone, out var failure)) return TypedResults.Ok(gone);
        return failure.Code switch
        {
            "rollback.not-found" => Problem.Of(StatusCodes.Status404NotFound, failure),
            "rollback.no-reason" => Problem.Invalid(failure),
            _ => Problem.Conflict(failure),
        };
    }

    static async Task<Results<Ok<ComparisonView>, ProblemHttpResult>> CompareAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if ((await Reconciliation.OfAsync(db, current.Tenant, id, cancellationToken)).TryGet(out var found, out var failure)) return TypedResults.Ok(ComparisonView.Of(found));
        return failure.Code == "reconciliation.not-found" ? Problem.Of(StatusCodes.Status404NotFound, failure) : Problem.Conflict(failure);
    }

    static async Task<Ok<IReadOnlyList<RolledBackFile>>> RollbacksAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await RolledBackFile.LoadAsync(db, 500, cancellationToken));
    }

    static async Task<Results<Ok<FileView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RegisteredFile.FindAsync(db, id, cancellationToken) is not { } file) return Problem.NotFound($"CDR file {id}");
        var balance = (await UsageBalance.FindAsync(db, id, cancellationToken))!;
        return TypedResults.Ok(new FileView(id, balance.Name, file.Hash, file.Bytes, file.From, file.To, file.ImportedAt, balance));
    }
}
