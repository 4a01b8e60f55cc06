using System.Globalization;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Api.Audit;

/// <summary><c>/api/v1/audit</c>.</summary>
static class AuditApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/audit").WithTags("Audit trail").MapGet("", ListAsync)
        .As("listAudit", "Who changed what, the newest first.", Permission.ViewAudit, new("/audit?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Ok<Page<AuditView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var entries = await AuditTrail.WalkAsync(db, after, query.UpdatedSince, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(entries, entry => entry.Entry.ToString(CultureInfo.InvariantCulture), AuditView.Of));
    }
}
