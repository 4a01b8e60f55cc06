using System.Globalization;
using Billing.Api.Answers;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

/// <summary>Every example of the API's reference, executed on a reseller of its own: first what reads, then what writes, in the order of the routes.</summary>
[Trait("needs", "postgres")]
public sealed class ExampleTests
{
    [Fact]
    public async Task Every_example_works_and_a_write_sent_again_gets_the_same_answer()
    {
        await using var installation = await Installation.StartAsync(async (database, clock) => await Some.BilledTenantAsync(database, clock, Some.Reseller("alder", "Alder Telecom"), "First", "Second", "In Credit Ltd"));
        var api = await ApiClient.OfAsync(installation, "alder");
        var operations = installation.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiExample>() is not null)
            .Select(e => (Method: new HttpMethod(e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]), Example: e.Metadata.GetMetadata<ApiExample>()!)).ToList();
        operations.Count.ShouldBeGreaterThan(10);

        var failures = new List<string>();
        foreach (var (method, example) in operations.OrderBy(o => o.Method == HttpMethod.Get ? 0 : 1))
        {
            var key = Guid.NewGuid().ToString();
            var version = example.IfMatch is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}\"") : null;
            using var response = await api.SendAsync(method, example.Path, example.Body, key, version);
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (!response.IsSuccessStatusCode) failures.Add($"{method} {example.Path}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(answer)}");
            if (method == HttpMethod.Get) continue;

            using var again = await api.SendAsync(method, example.Path, example.Body, key, version);
            again.StatusCode.ShouldBe(response.StatusCode, example.Path);
            (await again.Content.ReadAsByteArrayAsync()).ShouldBe(answer, example.Path);
            again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue(example.Path);
            (await api.RefusalAsync(method, example.Path + "?another=1", example.Body, key, version)).ShouldBe((422, "api.idempotency-key-reused"), example.Path);
        }
        failures.ShouldBeEmpty();
    }
}
