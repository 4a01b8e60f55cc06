using Billing.Usage.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage;

/// <summary>What the module serves besides its pages.</summary>
public static class UsageEndpoints
{
    /// <summary>Adds the module's part of the API.</summary>
    public static void MapUsageApi(this IEndpointRouteBuilder api)
    {
        UsageApi.Map(api);
        UploadApi.Map(api);
        CarrierApi.Map(api);
        ArrivalApi.Map(api);
        GuardApi.Map(api);
        ComparisonApi.Map(api);
        ErrorApi.Map(api);
        AllowanceApi.Map(api);
        WhatIfApi.Map(api);
        ChargeApi.Map(api);
    }
}
