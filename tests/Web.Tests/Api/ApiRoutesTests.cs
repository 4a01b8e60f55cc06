using System.Net;
using Billing.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

[Trait("needs", "postgres")]
public sealed class ApiRoutesTests
{
    [Fact]
    public async Task Endpoints_are_put_together_by_the_first_who_asks_and_everybody_who_asks_at_once_is_answered()
    {
        await using var installation = await Installation.StartAsync((_, _) => Task.CompletedTask);
        var routes = installation.Services.GetRequiredService<ApiRoutes>();
        using (var page = await installation.GetAsync("/sign-in")) page.StatusCode.ShouldNotBe(HttpStatusCode.NotFound);
        routes.Endpoints.ShouldBeEmpty("a page needs none of them");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var answer = await installation.GetAsync("/api/v1/accounts");
            return answer.StatusCode;
        }));
        answers.ShouldAllBe(status => status == HttpStatusCode.Unauthorized);
        routes.Endpoints.Count.ShouldBeGreaterThan(30);
        installation.Services.GetRequiredService<EndpointDataSource>().Endpoints.ShouldContain(routes.Endpoints[0], "routing knows them");
    }
}
