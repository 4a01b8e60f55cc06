using Billing.Catalog.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Billing.Catalog;

/// <summary>What the module serves besides its pages.</summary>
public static class CatalogEndpoints
{
    /// <summary>Adds the module's part of the API.</summary>
    public static void MapCatalogApi(this IEndpointRouteBuilder api)
    {
        ProductApi.Map(api);
        AllowanceApi.Map(api);
    }
}
