using System.Globalization;
using Billing.Host;
using CsvHelper;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Bench;

/// <summary>
/// A file on disk becomes calls that are read, matched, told from duplicates, priced, stored with their raw lines, and found by account: against streaming the very same rows, ready
/// made, into a table without any index; and against what people use.
/// </summary>
internal static class IngestBench
{
    private const int EfRows = 5_000;

    public static async Task RunAsync(BenchOptions options, TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, Console.Error.WriteLine, CancellationToken.None);
            var town = await IngestTown.BuildAsync(installation, options);
            await using var connection = new NpgsqlConnection(installation.OwnerConnection);
            await connection.OpenAsync();

            var serial = 0;
            var content = Array.Empty<byte>();
            var rows = await RowsAsync(town, connection, await town.ImportAsync("first.csv", town.Files.Make(++serial, options.Lines)));
            await DoAsync(connection, "create schema bench; create table bench.bare (like usage.call); create table bench.plain (caller bigint, called bigint, started_at timestamptz, seconds int, cost numeric, reference text, account_id bigint, destination text, charge numeric)");
            await PlainTablesAsync(connection, town);
            var plainPath = Path.Combine(folder, "plain.csv");
            await File.WriteAllBytesAsync(plainPath, town.Files.Make(0, options.Lines));

            var bare = new Variant("bare COPY of the same rows, no index", options.Lines, async () =>
            {
                await using (var stream = await connection.BeginRawBinaryCopyAsync("copy bench.bare from stdin (format binary)")) await stream.WriteAsync(rows);
                return null;
            }, () => DoAsync(connection, "truncate bench.bare"));
            var ours = new Variant("ours: the whole import", options.Lines, async () =>
            {
                await town.ImportAsync($"calls{serial}.csv", content);
                return null;
            }, () =>
            {
                // Each round has its own days, as files have.
                var days = 1.0 / (options.Rounds + 2);
                content = town.Files.Make(++serial, options.Lines, (serial - 2) % (options.Rounds + 2) * days, ((serial - 2) % (options.Rounds + 2) + 1) * days);
                return Task.CompletedTask;
            });
            var importer = new Variant("CsvHelper, dictionaries, BinaryImporter, no index", options.Lines, () => PlainImportAsync(connection, plainPath, town), () => DoAsync(connection, "truncate bench.plain"));
            var ef = new Variant("CsvHelper, dictionaries, EF Core, no index", EfRows, () => PlainCalls.StoreAsync(installation.OwnerConnection, PlainRows(plainPath, town).Take(EfRows)), () => DoAsync(connection, "truncate bench.plain"));
            var sql = new Variant("SQL: COPY into staging, set-based joins, no index", options.Lines, () => SqlAsync(connection, plainPath), () => DoAsync(connection, "truncate bench.plain"));
            await new Rounds(options.Rounds, Console.Error).RunAsync(bare, ours, importer, ef, sql);

            Rounds.Print(to, "calls", bare, ours, importer, ef, sql);
            Rounds.Goal(to, "P5 part of the speed of bare COPY", bare.TimesOf(ours), 0.40, atMost: false);
            Rounds.Goal(to, "P7 times as fast as CsvHelper and BinaryImporter (without index there, with all of ours here)", importer.TimesOf(ours), 4, atMost: false);
            Rounds.Goal(to, "P7 times as fast as CsvHelper and EF Core", ef.TimesOf(ours), 50, atMost: false);
            Rounds.Goal(to, "P7 times as fast as set-based SQL", sql.TimesOf(ours), 8, atMost: false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One tenant's daily file into an empty month, and into one that already has many calls (P6).</summary>
    public static async Task RunDailyAsync(BenchOptions options, int before, TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, Console.Error.WriteLine, CancellationToken.None);
            var town = await IngestTown.BuildAsync(installation, options);
            await using var connection = new NpgsqlConnection(installation.OwnerConnection);
            await connection.OpenAsync();
            var serial = 0;
            var content = Array.Empty<byte>();
            Variant Daily(string name) => new(name, options.Lines, async () =>
            {
                await town.ImportAsync($"day{serial}.csv", content);
                return null;
            }, () =>
            {
                content = town.Files.Make(++serial, options.Lines, 0.9, 0.95);
                return Task.CompletedTask;
            });
            var rows = await RowsAsync(town, connection, await town.ImportAsync("first.csv", town.Files.Make(++serial, options.Lines, 0.9, 0.95)));
            await DoAsync(connection, "create schema bench; create table bench.bare (like usage.call)");
            Variant Bare(string name) => new(name, options.Lines, async () =>
            {
                await using (var stream = await connection.BeginRawBinaryCopyAsync("copy bench.bare from stdin (format binary)")) await stream.WriteAsync(rows);
                return null;
            }, () => DoAsync(connection, "truncate bench.bare"));

            var (bareEmpty, empty) = (Bare("bare COPY of the same rows"), Daily("a day's file into an empty month"));
            await new Rounds(options.Rounds, Console.Error).RunAsync(bareEmpty, empty);
            for (var filled = 0; filled < before; filled += 1_000_000)
                await town.ImportAsync($"month{filled}.csv", town.Files.Make(++serial, Math.Min(1_000_000, before - filled)));
            await DoAsync(connection, "vacuum analyze usage.call");
            var (bareFull, full) = (Bare("bare COPY, later"), Daily(string.Create(CultureInfo.InvariantCulture, $"a day's file into a month of {before:N0} calls")));
            await new Rounds(options.Rounds, Console.Error).RunAsync(bareFull, full);
            Rounds.Print(to, "calls", bareEmpty, empty, bareFull, full);
            Rounds.Goal(to, "P6 part of the speed of bare COPY, full month", bareFull.TimesOf(full), 0.10, atMost: false);
            Rounds.Goal(to, "P6 times as long as into an empty month (each against the bare COPY beside it)", full.TimesOf(bareFull) / empty.TimesOf(bareEmpty), 1.2, atMost: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What import costs a call as files grow (P8).</summary>
    public static async Task RunScaleAsync(BenchOptions options, int largest, TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, Console.Error.WriteLine, CancellationToken.None);
            var town = await IngestTown.BuildAsync(installation, options);
            var serial = 0;
            var points = new List<(int Lines, double Seconds)>();
            to.WriteLine($"{"calls",12}  {"us each",8}  {"working set, MiB",17}");
            await town.ImportAsync("warm.csv", town.Files.Make(++serial, 10_000));
            for (var lines = 10_000; lines <= largest; lines *= 10)
            {
                var times = new List<double>();
                for (var round = 0; round < (lines >= 1_000_000 ? 1 : options.Rounds); round++)
                {
                    var content = town.Files.Make(++serial, lines);
                    var begun = TimeProvider.System.GetTimestamp();
                    await town.ImportAsync($"scale{serial}.csv", content);
                    times.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
                }
                times.Sort();
                points.Add((lines, times[times.Count / 2]));
                GC.Collect();
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines,12:N0}  {points[^1].Seconds / lines * 1e6,8:0.00}  {Environment.WorkingSet / 1024 / 1024,17:N0}"));
            }
            var (mx, my) = (points.Average(p => Math.Log(p.Lines)), points.Average(p => Math.Log(p.Seconds)));
            var slope = points.Sum(p => (Math.Log(p.Lines) - mx) * (Math.Log(p.Seconds) - my)) / points.Sum(p => (Math.Log(p.Lines) - mx) * (Math.Log(p.Lines) - mx));
            Rounds.Goal(to, "P8 slope of log time on log calls", slope, 1.05, atMost: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The rows exactly as the import stored them, in COPY's own form.
    private static async Task<byte[]> RowsAsync(IngestTown town, NpgsqlConnection connection, long file)
    {
        await DoAsync(connection, $"select set_config('billing.tenant', '{town.Tenant.Id.Value}', false)");
        using var rows = new MemoryStream();
        await using (var stream = await connection.BeginRawBinaryCopyAsync($"copy (select * from usage.call where file_id = {file}) to stdout (format binary)")) await stream.CopyToAsync(rows);
        // Every column, so that they fit into a table like ours.
        return rows.ToArray();
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task PlainTablesAsync(NpgsqlConnection connection, IngestTown town)
    {
        await DoAsync(connection, """
            create table bench.number (number bigint primary key, account_id bigint);
            create table bench.deck (prefix text primary key, day numeric, rest numeric);
            create unlogged table bench.staging (caller bigint, called text, call_date text, end_time text, seconds int, cost numeric, reference text, currency text)
            """);
        await using (var writer = await connection.BeginBinaryImportAsync("copy bench.number from stdin (format binary)"))
        {
            for (var i = 0; i < 20_000; i++)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync((long)CallFile.FirstNumber + i, NpgsqlDbType.Bigint);
                await writer.WriteAsync(i / 20L, NpgsqlDbType.Bigint);
            }
            await writer.CompleteAsync();
        }
        await using (var writer = await connection.BeginBinaryImportAsync("copy bench.deck from stdin (format binary)"))
        {
            foreach (var (prefix, price) in town.Deck.Prices)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(prefix);
                await writer.WriteAsync(price, NpgsqlDbType.Numeric);
                await writer.WriteAsync(price / 2, NpgsqlDbType.Numeric);
            }
            await writer.CompleteAsync();
        }
        await DoAsync(connection, "analyze bench.number; analyze bench.deck");
    }

    private static IEnumerable<PlainCalls.Row> PlainRows(string path, IngestTown town)
    {
        var rating = new PlainRating(town.Deck);
        var owners = Enumerable.Range(0, 20_000).ToDictionary(i => CallFile.FirstNumber + (ulong)i, i => i / 20L);
        using var reader = CsvReader.FromFile(path);
        foreach (var call in reader.GetRecords<PlainCall>())
        {
            var at = new DateTimeOffset(call.CallDate.ToDateTime(call.EndTime), TimeSpan.FromHours(1)).AddSeconds(-call.Duration);
            var rated = rating.Rated(new RateBench.Call(call.Called.ToString(CultureInfo.InvariantCulture), at, call.Duration));
            yield return new PlainCalls.Row
            {
                Caller = (long)call.Caller, Called = (long)call.Called, StartedAt = at.UtcDateTime, Seconds = call.Duration, Cost = call.Cost, Reference = call.Reference,
                AccountId = owners[call.Caller], Destination = rated.Prefix, Charge = rated.Charge,
            };
        }
    }

    private static async Task<decimal?> PlainImportAsync(NpgsqlConnection connection, string path, IngestTown town)
    {
        await using var writer = await connection.BeginBinaryImportAsync("copy bench.plain from stdin (format binary)");
        foreach (var row in PlainRows(path, town))
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(row.Caller, NpgsqlDbType.Bigint);
            await writer.WriteAsync(row.Called, NpgsqlDbType.Bigint);
            await writer.WriteAsync(row.StartedAt, NpgsqlDbType.TimestampTz);
            await writer.WriteAsync(row.Seconds, NpgsqlDbType.Integer);
            await writer.WriteAsync(row.Cost, NpgsqlDbType.Numeric);
            await writer.WriteAsync(row.Reference, NpgsqlDbType.Text);
            await writer.WriteAsync(row.AccountId, NpgsqlDbType.Bigint);
            await writer.WriteAsync(row.Destination, NpgsqlDbType.Text);
            await writer.WriteAsync(row.Charge, NpgsqlDbType.Numeric);
        }
        await writer.CompleteAsync();
        return null;
    }

    private static async Task<decimal?> SqlAsync(NpgsqlConnection connection, string path)
    {
        await DoAsync(connection, "truncate bench.staging");
        await using (var writer = await connection.BeginTextImportAsync("copy bench.staging from stdin (format csv, header)")) await writer.WriteAsync(await File.ReadAllTextAsync(path));
        await DoAsync(connection, """
            insert into bench.plain
            select s.caller, s.called::bigint, s.at, s.seconds, s.cost, s.reference, n.account_id, d.prefix,
                   ceil(((case when extract(isodow from s.at at time zone 'Europe/London') < 6 and (s.at at time zone 'Europe/London')::time >= '08:00' and (s.at at time zone 'Europe/London')::time < '18:00'
                          then d.day else d.rest end) * greatest(60, s.seconds) / 60 + 0.03) * 10000) / 10000
            from (select *, (to_timestamp(call_date || end_time, 'DD/MM/YYYYHH24:MI:SS')::timestamp at time zone 'Europe/London') - make_interval(secs => seconds) as at from bench.staging) s
            join bench.number n on n.number = s.caller
            cross join lateral (select * from bench.deck where prefix in (left(s.called, 1), left(s.called, 2), left(s.called, 3), left(s.called, 4), left(s.called, 5), left(s.called, 6), left(s.called, 7), left(s.called, 8))
                                order by length(prefix) desc limit 1) d
            """);
        return null;
    }
}
