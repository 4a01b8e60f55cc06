using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Billing.Host.Demo;
using Billing.Tenancy.Tenants;

namespace Billing.Host.Bench;

/// <summary>How long the program takes from its start to its first page, by turns as it is built and compiled ahead. The database runs already.</summary>
/// <param name="published">The program compiled ahead.</param>
/// <param name="rounds">Starts of each; one more of each before, which does not count: it fills the file cache.</param>
/// <param name="address">Where it listens.</param>
/// <param name="say">Told what goes on.</param>
internal sealed class StartBench(string published, int rounds, Uri address, TextWriter say)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<(Latencies Jit, Latencies Ahead)> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, say.WriteLine, cancellationToken);
            await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant, cancellationToken);
            var (jit, ahead) = (new Latencies(), new Latencies());
            for (var round = 0; round <= rounds; round++)
                foreach (var (program, latencies) in ((string, Latencies)[])[(typeof(StartBench).Assembly.Location, jit), (published, ahead)])
                {
                    var took = await StartAsync(program, installation.OwnerConnection, Path.Combine(folder, "served"), cancellationToken);
                    if (round > 0) latencies.Add("/sign-in", took.Begun, took.Ended);
                    say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: {TimeProvider.System.GetElapsedTime(took.Begun, took.Ended).TotalMilliseconds:0} ms {Path.GetDirectoryName(program)}"));
                }
            return (jit, ahead);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(long Begun, long Ended)> StartAsync(string program, string connection, string folder, CancellationToken cancellationToken)
    {
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var isOfRuntime = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isOfRuntime ? dotnet : program, [.. isOfRuntime ? [program] : (string[])[], "serve", "--data", folder, "--url", address.GetLeftPart(UriPartial.Authority)]) { RedirectStandardOutput = true };
        start.Environment["BILLING_HOME"] = Home.Folder;
        start.Environment["ConnectionStrings__Billing"] = connection;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (true)
            {
                if (process.HasExited) throw new UsageException("bench.not-served", $"{program} did not start; see above.");
                try
                {
                    using var answer = await client.GetAsync(new Uri(address, "/t/larkfell/sign-in"), cancellationToken);
                    await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                    if (answer.StatusCode != HttpStatusCode.OK) throw new UsageException("bench.not-served", $"The first page answered {(int)answer.StatusCode}.");
                    return (begun, TimeProvider.System.GetTimestamp());
                }
                catch (HttpRequestException e) when (e.InnerException is SocketException)
                {
                    await Task.Delay(10, cancellationToken);
                }
            }
        }
        finally
        {
            using var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
