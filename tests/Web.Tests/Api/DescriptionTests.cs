using System.Net;
using System.Text.Json.Nodes;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Screens;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

/// <summary>The API as it describes itself, held against the routes of the running app.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class DescriptionTests(TwoResellers resellers)
{
    [Fact]
    public void Every_operation_has_a_name_a_summary_a_demand_and_an_example() =>
        Operations().Where(o => o.Metadata.GetMetadata<IEndpointNameMetadata>() is null || o.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null
                || o.Metadata.GetMetadata<DemandsAttribute>() is null || o.Metadata.GetMetadata<ApiExample>() is null)
            .Select(o => o.RoutePattern.RawText).ShouldBeEmpty();

    [Fact]
    public async Task Every_operation_is_described_with_the_codes_it_answers()
    {
        using var response = await resellers.Installation.GetAsync("/api/v1/openapi.json");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        ((string)document["openapi"]!).ShouldStartWith("3.1");
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (string)operation.Value!["operationId"]!)).ToList();
        described.ShouldBe(Operations().Select(o => o.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName), ignoreOrder: true);
        document.ToJsonString().ShouldNotContain("\"format\":\"double\"", customMessage: "amounts are texts");
    }

    private IEnumerable<RouteEndpoint> Operations() => resellers.Installation.Services.GetRequiredService<ApiRoutes>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal));
}
