using System.Text;
using Billing.Host.Jobs;
using Billing.Usage.Uploads;

namespace Billing.Web.Tests.Api;

/// <summary>The published description as programmers elsewhere use it: checked by a validator of theirs, and made into a client by a generator of theirs.</summary>
[Trait("needs", "postgres")]
[Trait("needs", "chromium")]
[Trait("needs", "node")]
public sealed class ClientTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("billing-client-").FullName;
    private readonly string made = NodeTool.NewFolder();
    private Installation installation = null!;

    // As it is served, jobs and all; the scheduler goes by the clock, so it is a real one.
    public async Task InitializeAsync() => installation = await Installation.StartAsync(
        (database, clock) => Some.OpenTenantAsync(database, clock, Some.Reseller("alder", "Alder Telecom"), "Ash Ltd", "Beech Ltd", "In Credit Ltd"),
        new HostWork(data, true, new UploadLimits()) { ReachesPrivateAddresses = true }, TimeProvider.System);

    public async Task DisposeAsync()
    {
        await installation.DisposeAsync();
        Directory.Delete(data, recursive: true);
        Directory.Delete(made, recursive: true);
    }

    [Fact]
    public async Task The_description_is_valid_OpenAPI_3_1() => (await NodeTool.RunAsync("validate.mjs", await DescriptionAsync())).ShouldBe(["0 problems"]);

    [Fact]
    public async Task A_generated_client_lists_accounts_uploads_calls_bills_a_run_has_the_invoices_and_is_told_of_it()
    {
        await NodeTool.RunAsync("generate.mjs", await DescriptionAsync(), made);
        var key = await ApiClient.KeyAsync(installation, "alder", []);
        await using var receiver = Receiver.Start();
        var said = await NodeTool.RunAsync(Path.Combine(made, "month.js"), installation.Client.BaseAddress!.ToString().TrimEnd('/'), key, data, receiver.Address.ToString());

        said.ShouldBe(
        [
            "webhook true",
            "accounts A001 A002 A003",
            "upload done 3 lines",
            "run completed 2 invoices",
            "invoice INV-000001 A001 14.46 GBP",
            "invoice INV-000002 A002 32.40 GBP",
            "told cdr-file.imported billing-run.requested invoice.posted invoice.posted billing-run.completed",
            "refusal 409 usage.file-known",
        ]);
        foreach (var number in (string[])["INV-000001", "INV-000002"])
            Encoding.ASCII.GetString(await File.ReadAllBytesAsync(Path.Combine(data, number + ".pdf"))).ShouldStartWith("%PDF-");
    }

    private async Task<string> DescriptionAsync()
    {
        var file = Path.Combine(made, "openapi.json");
        await File.WriteAllTextAsync(file, await installation.TextAsync("/api/v1/openapi.json"));
        return file;
    }
}
