using System.Collections.Frozen;
using System.Globalization;
using Billing.Host;
using Billing.Host.Demo;
using Billing.Rating.Engine;
using Npgsql;

namespace Billing.Bench;

/// <summary>The longest prefix of a number, against a frozen dictionary asked from the longest to the shortest, and against what billing products ask their database.</summary>
internal static class LookupBench
{
    private const int Prefixes = 60_000;
    private const int AskedOfDatabase = 20_000;

    public static async Task RunAsync(BenchOptions options, TextWriter to)
    {
        var deck = new Deck(options.Seed, Prefixes);
        var random = new DemoRandom((ulong)options.Seed, "bench/lookup");
        var numbers = Enumerable.Range(0, options.Lines).Select(_ =>
            ulong.Parse(deck.Prefixes[random.Below(deck.Prefixes.Count)] + random.Below(1_000_000).ToString("000000", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).ToArray();

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new PrefixTable(deck.Prefixes, out var parents);
        var size = GC.GetTotalMemory(forceFullCollection: true) - before;
        var frozen = deck.Prefixes.Select((prefix, i) => (prefix, i)).ToFrozenDictionary(p => p.prefix, p => p.i, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var flat = new int[1 << 16];

        var read = Variant.Of("reading an array (the floor)", options.Lines, () =>
        {
            long sum = 0;
            foreach (var number in numbers) sum += flat[number & 0xFFFF];
            return sum == 0 ? null : 0;
        });
        var ours = Variant.Of("ours", options.Lines, () =>
        {
            long sum = 0;
            foreach (var number in numbers) sum += table.Find(number, out _);
            return sum;
        });
        var dictionary = Variant.Of("FrozenDictionary by span, longest first", options.Lines, () =>
        {
            long sum = 0;
            Span<char> digits = stackalloc char[20];
            foreach (var number in numbers)
            {
                number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
                for (; length > 0; length--)
                    if (frozen.TryGetValue(digits[..length], out var found))
                    {
                        sum += found;
                        break;
                    }
            }
            return sum;
        });

        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, Console.Error.WriteLine, CancellationToken.None);
            await using var connection = new NpgsqlConnection(installation.OwnerConnection);
            await connection.OpenAsync();
            await FillAsync(connection, deck, numbers.Take(AskedOfDatabase));
            var inList = new Variant("SQL: prefix in (its first digits) order by length desc limit 1", AskedOfDatabase, () => AskAsync(connection,
                "select sum(d.n) from bench.asked a cross join lateral (select n from bench.deck where prefix in (left(a.number, 1), left(a.number, 2), left(a.number, 3), left(a.number, 4), left(a.number, 5), left(a.number, 6), left(a.number, 7), left(a.number, 8)) order by length(prefix) desc limit 1) d"));
            var intervals = new Variant("SQL: cut into intervals, the last that begins before it", AskedOfDatabase, () => AskAsync(connection,
                "select sum(d.n) from bench.asked a cross join lateral (select n from bench.deck_interval where first <= rpad(a.number, 15, '0')::bigint order by first desc limit 1) d"));
            await new Rounds(options.Rounds, Console.Error).RunAsync(read, ours, dictionary, inList, intervals);

            Rounds.Print(to, "look-ups", read, ours, dictionary, inList, intervals);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deck.Prefixes.Count:N0} prefixes take {size / 1024.0 / 1024:0.00} MiB"));
            Rounds.Goal(to, "P2 times as fast as a frozen dictionary", dictionary.TimesOf(ours), 4, atMost: false);
            Rounds.Goal(to, "P2 times as fast as SQL with a list of prefixes (no prefix extension here to compare with)", inList.TimesOf(ours), 300, atMost: false, "0");
            Rounds.Goal(to, "P2 MiB for a deck of 60,000", size / 1024.0 / 1024, 2, atMost: true);
            GC.KeepAlive(parents);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<decimal?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return Convert.ToDecimal(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0 ? null : 0;
    }

    private static async Task FillAsync(NpgsqlConnection connection, Deck deck, IEnumerable<ulong> asked)
    {
        await AskAsync(connection, "create schema bench; create table bench.deck (prefix text primary key, n int, price numeric); create table bench.asked (number text); create table bench.deck_interval (first bigint primary key, n int); select 1");
        await using (var writer = await connection.BeginBinaryImportAsync("copy bench.deck (prefix, n) from stdin (format binary)"))
        {
            for (var i = 0; i < deck.Prefixes.Count; i++)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(deck.Prefixes[i]);
                await writer.WriteAsync(i);
            }
            await writer.CompleteAsync();
        }
        await using (var writer = await connection.BeginBinaryImportAsync("copy bench.asked from stdin (format binary)"))
        {
            foreach (var number in asked)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(number.ToString(CultureInfo.InvariantCulture));
            }
            await writer.CompleteAsync();
        }
        // Good enough as a yardstick: each prefix begins an interval; where a longer one ends inside a shorter one is left out.
        await AskAsync(connection, "insert into bench.deck_interval select rpad(prefix, 15, '0')::bigint, max(n) from bench.deck group by 1; analyze; select 1");
    }
}
