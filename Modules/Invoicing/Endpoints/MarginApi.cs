using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Invoicing.Margins;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Billing.Invoicing.Endpoints;

/// <summary><c>/api/v1/carrier-margin</c>: what carriers charge for services beside what we charge for them.</summary>
static class MarginApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/carrier-margin").WithTags("Carrier charges")
        .MapGet("", GetAsync).As("getCarrierMargin", "A month's charges of carriers beside what we charge the customers for the same days, those that lose money first.", Permission.ViewBilling, new("/carrier-margin?month=2026-10-01"))
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Ok<MarginView>, ProblemHttpResult>> GetAsync([FromQuery] DateOnly? month, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (month is { Year: < 2 or > 9998 }) return Problem.Invalid(new Failure("charges.bad-month", "There is no such month here."));
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(MarginView.Of(await CarrierMargin.LoadAsync(db, current.Tenant, month, current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken)));
    }
}
