using Billing.Api;
using Billing.Api.Answers;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/cdr-files</c> and <c>/api/v1/billing-errors</c>.</summary>
static class UsageApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/cdr-files").WithTags("CDR files");
        files.MapGet("", ListAsync).As("listCdrFiles", "CDR files in the order of import, each with where its lines went.", Permission.ViewUsage, new("/cdr-files"));
        files.MapGet("/{id:long}", GetAsync).As("getCdrFile", "One CDR file.", Permission.ViewUsage, new("/cdr-files/1"));
        api.MapGroup("/billing-errors").WithTags("Billing errors")
            .MapGet("", ErrorsAsync).As("listBillingErrors", "What can't be billed, by cause, most money at stake first.", Permission.ViewUsage, new("/billing-errors"));
    }

    static async Task<Ok<IReadOnlyList<FileBalance>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await UsageBalance.LoadAsync(db, null, cancellationToken));
    }

    static async Task<Results<Ok<FileView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RegisteredFile.FindAsync(db, id, cancellationToken) is not { } file) return Problem.NotFound($"CDR file {id}");
        var balance = (await UsageBalance.LoadAsync(db, null, cancellationToken)).Single(f => f.FileId == id);
        return TypedResults.Ok(new FileView(id, balance.Name, file.Hash, file.Bytes, file.From, file.To, file.ImportedAt, balance));
    }

    static async Task<Ok<IReadOnlyList<ErrorGroup>>> ErrorsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await ErrorDesk.LoadAsync(db, cancellationToken));
    }
}
