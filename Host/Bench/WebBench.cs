using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Billing.Host.Bench;

/// <summary>
/// How the web app bears a busy morning: people of many tenants click while CDR files are imported. The app is a process of its own; times are
/// those a client sees, and what counts are ratios within one run, for machines differ.
/// </summary>
internal sealed class WebBench(WebBenchSettings settings, TextWriter say) : IDisposable
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 512, AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task<WebBenchResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            BenchTown town;
            var keys = new List<string>();
            await using (var installation = await Installation.OpenAsync(folder, say.WriteLine, cancellationToken))
            {
                say.WriteLine($"filling {settings.Tenants} tenants");
                town = new BenchTown(installation, settings.Tenants, settings.People);
                await town.BuildAsync(cancellationToken);
                for (var i = 0; i < settings.Imports; i++) keys.Add(await town.KeyAsync(i, cancellationToken));
            }
            using var app = Serve(folder);
            try
            {
                await ReadyAsync(app, town.People[0], cancellationToken);
                return await MeasureAsync(app, town, keys, cancellationToken);
            }
            finally
            {
                await StopAsync(app);
            }
        }
        finally
        {
            Remove(folder);
        }
    }

    private async Task<WebBenchResult> MeasureAsync(Process app, BenchTown town, List<string> keys, CancellationToken cancellationToken)
    {
        using var disturbances = new Disturbances();
        say.WriteLine("warming up");
        await ClickAsync([.. town.People.Take(20)], TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200), new Latencies(), cancellationToken);
        say.WriteLine("one person, nothing else");
        var quiet = new Latencies();
        await ClickAsync([town.People[0]], QuietTime, TimeSpan.FromMilliseconds(50), quiet, cancellationToken);
        say.WriteLine($"{town.People.Count} people");
        var people = new Latencies();
        await ClickAsync(town.People, TimeSpan.FromMinutes(Math.Min(2, settings.Minutes)), settings.Pause, people, cancellationToken);

        say.WriteLine($"{town.People.Count} people and {keys.Count} imports, {settings.Minutes} minutes");
        var busy = new Latencies();
        var memory = new List<long>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = new long[keys.Count];
        var imports = keys.Select((key, i) => ImportAsync(i, key, lines, busy, over.Token)).ToList();
        var watching = WatchAsync(app, memory, over.Token);
        await ClickAsync(town.People, TimeSpan.FromMinutes(settings.Minutes), settings.Pause, busy, cancellationToken);
        await over.CancelAsync();
        await Task.WhenAll([.. imports, watching]);
        disturbances.End();
        return new WebBenchResult(quiet, people, busy, lines.Sum(), memory, disturbances);
    }

    private async Task ClickAsync(IReadOnlyList<BenchPerson> people, TimeSpan time, TimeSpan pause, Latencies latencies, CancellationToken cancellationToken)
    {
        var processor = ProcessorTimes.Now();
        var until = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
        await Task.WhenAll(people.Select(async (person, i) =>
        {
            var dice = new Random(i);
            // Nobody begins at the same moment as everybody else.
            await Task.Delay(pause * dice.NextDouble(), cancellationToken);
            while (TimeProvider.System.GetTimestamp() < until)
            {
                var path = person.Next(dice);
                var begun = TimeProvider.System.GetTimestamp();
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Address, path));
                    request.Headers.Add("Cookie", "sid=" + person.Session);
                    using var answer = await client.SendAsync(request, cancellationToken);
                    await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                    if (answer.StatusCode == HttpStatusCode.OK) latencies.Add(path, begun, TimeProvider.System.GetTimestamp());
                    else latencies.Fail($"{(int)answer.StatusCode} {path}");
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
                {
                    latencies.Fail($"{e.GetType().Name} {path}");
                }
                await Task.Delay(pause * (0.5 + dice.NextDouble()), cancellationToken);
            }
        }));
        latencies.Stolen = ProcessorTimes.Now().StolenSince(processor);
    }

    // File after file, each watched to its end.
    private async Task ImportAsync(int importer, string key, long[] lines, Latencies latencies, CancellationToken cancellationToken)
    {
        try
        {
            for (var file = 0; ; file++)
            {
                using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Address, $"/api/v1/cdr-uploads?name=bench-{importer}-{file}.csv")) { Content = new ByteArrayContent(BenchTown.CallFile(importer * 100_000 + file, settings.Lines)) };
                upload.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                upload.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                upload.Headers.Add("Idempotency-Key", $"bench-{importer}-{file}");
                using var answer = await client.SendAsync(upload, cancellationToken);
                var said = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.StatusCode != HttpStatusCode.Accepted)
                {
                    latencies.Fail($"upload: {(int)answer.StatusCode} {said}");
                    return;
                }
                var id = JsonDocument.Parse(said).RootElement.GetProperty("id").GetInt64();
                while (await StateAsync(id, key, cancellationToken) is var state && state != "done")
                {
                    if (state is "failed" or "refused" or "dropped")
                    {
                        latencies.Fail($"import {id} of tenant {importer + 1}: {state}");
                        return;
                    }
                    await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                }
                lines[importer] += settings.Lines;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<string> StateAsync(long id, string key, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Address, $"/api/v1/cdr-uploads/{id}"));
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(question, cancellationToken);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("state").GetString()!;
    }

    private static async Task WatchAsync(Process app, List<long> memory, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SampleEvery, cancellationToken);
                app.Refresh();
                memory.Add(app.WorkingSet64);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Process Serve(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(WebBench).Assembly.Location);
        foreach (var argument in (string[])["serve", "--data", folder, "--url", settings.Address.GetLeftPart(UriPartial.Authority)]) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private async Task ReadyAsync(Process app, BenchPerson person, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (app.HasExited) throw new UsageException("bench.not-served", "The web app did not start; see above.");
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Address, person.Root + "/"));
                request.Headers.Add("Cookie", "sid=" + person.Session);
                using var answer = await client.SendAsync(request, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK) return;
                throw new UsageException("bench.not-served", $"The first page answered {(int)answer.StatusCode}.");
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    // What was measured is worth more than a clean folder.
    private void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException e)
        {
            say.WriteLine($"{folder} could not be removed: {e.Message}");
        }
    }

    private static async Task StopAsync(Process app)
    {
        if (app.HasExited) return;
        using var signal = Process.Start("kill", ["-TERM", app.Id.ToString(CultureInfo.InvariantCulture)]);
        await app.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose() => client.Dispose();
}
