using Billing.Rating.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Billing.Rating;

/// <summary>What the module serves besides its pages.</summary>
public static class RatingEndpoints
{
    /// <summary>Adds the module's part of the API.</summary>
    public static void MapRatingApi(this IEndpointRouteBuilder api)
    {
        TariffApi.Map(api);
        RateApi.Map(api);
        DraftApi.Map(api);
    }
}
