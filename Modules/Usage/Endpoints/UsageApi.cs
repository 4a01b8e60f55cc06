using System.Globalization;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;
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

    static async Task<Results<Ok<FileView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RegisteredFile.FindAsync(db, id, cancellationToken) is not { } file) return Problem.NotFound($"CDR file {id}");
        var balance = (await UsageBalance.FindAsync(db, id, cancellationToken))!;
        return TypedResults.Ok(new FileView(id, balance.Name, file.Hash, file.Bytes, file.From, file.To, file.ImportedAt, balance));
    }
}
