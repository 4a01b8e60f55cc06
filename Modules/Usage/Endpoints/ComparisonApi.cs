using System.ComponentModel;
using Billing.Api;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Comparison;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/carrier-comparison</c>: carrier by carrier, a month beside the one before.</summary>
static class ComparisonApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/carrier-comparison").WithTags("CDR files").MapGet("", GetAsync)
        .As("compareCarriers", "Carrier by carrier: files, lines, seconds, cost and charge of a month beside those of the month before; a month that is not over beside as many days.", Permission.ViewUsage, new("/carrier-comparison?month=2026-10-01"));

    static async Task<Ok<CarrierComparisonView>> GetAsync(
        [Description("Any day of the month; left out for that of the newest call.")] DateOnly? month, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        // The first and last years of the calendar have no month before or after.
        var asked = month is { Year: > 1 and < 9999 } ? month : null;
        return TypedResults.Ok(CarrierComparisonView.Of(await CarrierComparison.LoadAsync(db, current.Tenant, asked, clock.GetUtcNow(), cancellationToken)));
    }
}
