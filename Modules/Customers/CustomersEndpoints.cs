using Billing.Customers.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Billing.Customers;

/// <summary>What the module serves besides its pages.</summary>
public static class CustomersEndpoints
{
    /// <summary>Adds the module's part of the API.</summary>
    public static void MapCustomersApi(this IEndpointRouteBuilder api)
    {
        AccountApi.Map(api);
        SiteApi.Map(api);
        ServiceApi.Map(api);
        RecurringApi.Map(api);
    }
}
