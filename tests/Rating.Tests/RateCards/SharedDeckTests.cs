using System.Globalization;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Spreadsheets;
using Xunit.Abstractions;

namespace Billing.Rating.Tests.RateCards;

/// <summary>Real rate decks, read in place where the shared sample data lies beside the repository.</summary>
public class SharedDeckTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("feature", "N2")]
    public void N2_a_deck_of_14_805_prefixes_loads_and_prices_as_a_plain_search_does()
    {
        if (Repository.SharedData("rates", "astpp", "az_buy_rates.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/astpp/az_buy_rates.csv is not on this machine.");
            return;
        }

        // The deck's own columns under our names; its one increment is both the first interval and the next.
        var lines = File.ReadAllLines(path);
        var sheet = string.Join('\n', lines.Skip(1).Select(line => $"{line},{line[(line.LastIndexOf(',') + 1)..]}")
            .Prepend("prefix,destination,connection,free_seconds,per_minute,first,next"));
        using var csv = new StringReader(sheet);
        var frame = TariffReader.Read(Some.Document(rounding: """{ "mode": "half-up", "unit": "0.000001", "level": "call" }""")).TariffOrThrow();
        var tariff = RateSheet.Read(csv, frame, RateSheetMode.Replace).TariffOrThrow();
        tariff.Rates.Count.ShouldBe(14_805);
        var compiled = CompiledTariff.Compile(tariff);

        var byPrefix = tariff.Rates.ToDictionary(rate => rate.Key);
        var random = new Random(14_805);
        var found = 0;
        for (var i = 0; i < 50_000; i++)
        {
            // Half of the numbers continue a prefix of the deck; the others are anything.
            var head = i % 2 == 0 ? tariff.Rates[random.Next(tariff.Rates.Count)].Key : random.Next(1, 1000).ToString(CultureInfo.InvariantCulture);
            var number = head + random.NextInt64(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
            if (number.Length > 15) number = number[..15];
            var seconds = random.Next(1, 4000);
            var expected = Enumerable.Range(1, number.Length).Select(n => number[..n]).LastOrDefault(byPrefix.ContainsKey);
            var charge = compiled.Rate(Some.Call($"+{number}", seconds));
            if (expected is null)
            {
                charge.Error.ShouldBe(RatingError.UnknownDestination);
                continue;
            }
            found++;
            var rate = byPrefix[expected];
            if (tariff.Rates[charge.RateIndex] != rate) tariff.Rates[charge.RateIndex].ShouldBe(rate, number);
            var billable = (seconds + 5) / 6 * 6;
            var amount = decimal.Round(rate.PerMinute!.In(0) * billable / 60m + (rate.Terms.Connection?.In(0) ?? 0), 6, MidpointRounding.AwayFromZero);
            if (charge.Charge != amount) charge.Charge.ShouldBe(amount, $"{number} {seconds} s");
        }
        output.WriteLine($"{tariff.Rates.Count} rates; {found} of 50,000 numbers have one.");
        found.ShouldBeGreaterThan(25_000);
    }

    [Fact]
    public void A_deck_of_4_743_prefixes_with_plus_signs_loads()
    {
        if (Repository.SharedData("rates", "ivozprovider", "prices_sample.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/ivozprovider/prices_sample.csv is not on this machine.");
            return;
        }

        var lines = File.ReadAllLines(path);
        output.WriteLine($"Header of the deck: {lines[0]}");
        using var csv = new StringReader(string.Join('\n', lines.Skip(1).Prepend("destination,prefix,per_minute,connection,next").Select((line, i) => i == 0 ? line + ",first" : line + ",1")));
        var reading = RateSheet.Read(csv, TariffReader.Read(Some.Document()).TariffOrThrow(), RateSheetMode.Replace);
        reading.TariffOrThrow().Rates.Count.ShouldBe(4_743);
    }

    [Fact]
    public void TAR1_the_14_805_row_deck_as_a_workbook_is_the_deck_as_a_csv_and_its_preview_says_so()
    {
        if (Repository.SharedData("rates", "astpp", "az_buy_rates.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/astpp/az_buy_rates.csv is not on this machine.");
            return;
        }

        var rows = File.ReadAllLines(path).Skip(1).Select(line => line.Split(',')).Where(cells => cells.Length == 6).ToList();
        var csv = string.Join('\n', rows.Select(r => $"{r[0]},{r[1]},{r[4]},{r[5]},{r[5]}").Prepend("prefix,destination,per_minute,first,next"));
        TableWriter workbook = new XlsxWriter("Rates").Text("prefix").Text("destination").Text("per_minute").Text("first").Text("next").EndRow();
        foreach (var r in rows)
            workbook = workbook.Text(r[0]).Text(r[1]).Number(decimal.Parse(r[4], CultureInfo.InvariantCulture)).Number(int.Parse(r[5], CultureInfo.InvariantCulture)).Number(int.Parse(r[5], CultureInfo.InvariantCulture)).EndRow();

        var frame = TariffReader.Read(Some.Document()).TariffOrThrow();
        using var text = new StringReader(csv);
        var fromText = RateSheet.Read(text, frame, RateSheetMode.Replace).TariffOrThrow();
        var fromWorkbook = RateSheet.Read(workbook.ToBytes(), frame, RateSheetMode.Replace).TariffOrThrow();
        fromText.Rates.Count.ShouldBe(rows.Count);
        var same = TariffComparison.Of(fromText, fromWorkbook);
        same.IsEmpty.ShouldBeTrue();
        same.Unchanged.ShouldBe(rows.Count);
        TariffComparison.Of(frame, fromWorkbook).Added.Count.ShouldBe(rows.Count(r => r[0] != "44"));
        output.WriteLine($"{rows.Count} rows, by CSV and by workbook alike.");
    }

    [Fact]
    [Trait("feature", "N2")]
    public void N2_a_world_prefix_table_of_10_063_rows_loads_and_every_number_finds_its_longest_prefix()
    {
        if (Repository.SharedData("rates", "asterisell", "world_prefix_table.csv") is not { } path)
        {
            output.WriteLine("Not run: shared/data/rates/asterisell/world_prefix_table.csv is not on this machine.");
            return;
        }

        // The table names destinations and prices nothing: each country and type gets a price of ours. A space after each comma would keep quotes in the cells.
        using var table = new StringReader(File.ReadAllText(path).Replace("\", \"", "\",\"", StringComparison.Ordinal));
        var reader = new CsvReader(table, ',');
        var rows = new List<(string Prefix, string Destination)>();
        while (reader.Next() is { } row) rows.Add((row.Fields[0], string.Join(' ', row.Fields.Skip(1).Where(field => field.Length > 0))));
        rows.Count.ShouldBe(10_063);
        var twice = rows.GroupBy(row => row.Prefix).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var sheet = string.Join('\n', rows.Select((row, i) => $"{row.Prefix},\"{row.Destination.Replace("\"", "\"\"", StringComparison.Ordinal)}\",0.{i % 97 + 1:000}").Prepend("prefix,destination,per_minute"));
        var frame = TariffReader.Read(Some.Document()).TariffOrThrow();
        using var csv = new StringReader(sheet);
        var reading = RateSheet.Read(csv, frame, RateSheetMode.Replace);
        output.WriteLine($"{rows.Count} rows; {twice.Count} prefixes are there more than once.");
        if (twice.Count > 0)
        {
            // Said, both rows named, and nothing taken by chance.
            reading.IsAccepted.ShouldBeFalse();
            reading.Errors.ShouldAllBe(error => error.Code == "tariff.ambiguous" && error.Message.Contains("line ", StringComparison.Ordinal));
            var once = rows.DistinctBy(row => row.Prefix).ToList();
            using var rest = new StringReader(string.Join('\n', once.Select((row, i) => $"{row.Prefix},X,0.{i % 97 + 1:000}").Prepend("prefix,destination,per_minute")));
            reading = RateSheet.Read(rest, frame, RateSheetMode.Replace);
        }
        var compiled = CompiledTariff.Compile(reading.TariffOrThrow());
        var known = compiled.Tariff.Rates.Select(rate => rate.Key).ToHashSet();
        var random = new Random(10_063);
        for (var i = 0; i < 20_000; i++)
        {
            var number = compiled.Tariff.Rates[random.Next(known.Count)].Key + random.NextInt64(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture);
            if (number.Length > 15) number = number[..15];
            var expected = Enumerable.Range(1, number.Length).Select(n => number[..n]).Last(known.Contains);
            compiled.Tariff.Rates[compiled.Rate(Some.Call($"+{number}")).RateIndex].Key.ShouldBe(expected);
        }
    }
}
