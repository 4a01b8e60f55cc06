using System.Net;
using Billing.Host;
using Billing.Host.Jobs;
using Billing.Host.Web;
using Billing.Tenancy.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests;

[Trait("needs", "postgres")]
public sealed class InstallationTests
{
    [Fact]
    public async Task Before_the_first_tenant_there_is_only_the_operators_sign_in()
    {
        await using var installation = await Installation.StartAsync((_, _) => Task.CompletedTask);
        using var runs = await installation.GetAsync("/runs");
        runs.Headers.Location!.ToString().ShouldBe("/operator/");
        (await installation.TextAsync("/operator/sign-in")).ShouldContain("Sign in");
        (await installation.TextAsync("/health")).ShouldBe("ok\n");
    }

    [Fact]
    public async Task The_only_tenant_needs_no_name_and_its_empty_pages_say_what_to_do()
    {
        await using var installation = await Installation.StartAsync((database, _) => new TenantDirectory(database).OpenAsync(Some.Reseller("alone", "Alone")));
        (await installation.TextAsync("/")).ShouldContain("href=\"/cdrs/upload\"");
        (await installation.TextAsync("/runs")).ShouldContain("href=\"/runs/new\"");
        (await installation.TextAsync("/cdrs")).ShouldContain("href=\"/cdrs/upload\"");
        (await installation.TextAsync("/errors")).ShouldContain("nothing to mend");
        (await installation.TextAsync("/t/alone/runs")).ShouldContain("href=\"/t/alone/cdrs\"");
    }

    [Fact]
    public async Task Without_its_database_the_app_admits_it_and_shows_no_trace()
    {
        await using var installation = await Installation.StartAsync((database, _) => new TenantDirectory(database).OpenAsync(Some.Reseller("alone", "Alone")));
        // A host whose scheduler can't begin stops; here it has begun.
        await installation.Services.GetRequiredService<JobSchedule>().ExecuteTask!;
        await installation.Database.DisposeAsync();

        using var page = await installation.GetAsync("/runs");
        page.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("can't be shown");
        // It may have been a customer's page.
        html.ShouldNotContain("billing", Case.Insensitive);
        html.ShouldNotContain("Npgsql");
        html.ShouldNotContain("   at ");
        page.Headers.Contains("Content-Security-Policy").ShouldBeTrue();

        using var health = await installation.GetAsync("/health");
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://192.168.0.1:5080")]
    [InlineData("http://billing.example:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/billing")]
    [InlineData("5080")]
    public void The_app_listens_on_this_machine_only(string url) =>
        Should.Throw<UsageException>(() => WebApp.Build(null!, null!, TimeProvider.System, url)).Code.ShouldBe("serve.not-loopback");
}
