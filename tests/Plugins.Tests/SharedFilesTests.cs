using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Xunit.Abstractions;

namespace Billing.Plugins.Tests;

/// <summary>The carriers' own files that lie beside the repository, read in place, against what is known about them.</summary>
public sealed class SharedFilesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_uk_standard_file_has_1500_calls_priced_by_the_second_and_rounded_up_to_a_tenth_of_a_penny()
    {
        if (Read("gamma-fcs-v3", "gamma-fcs-v3/gamma_sip_daily_v3.csv") is not { } records) return;
        records.Count.ShouldBe(1500);
        records.Select(r => r.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1500);

        var rates = new Dictionary<string, decimal> { ["UKN"] = 0.0014m, ["UKNFM1"] = 0.0054m, ["UKNFM3"] = 0.0054m, ["UKNFM5"] = 0.0054m, ["UKNFM6"] = 0.0054m };
        var priced = records.Where(r => Cost(r) > 0 && rates.ContainsKey(r.GetProperty("chargeCode").GetString()!)).ToList();
        var differences = priced.Select(record =>
        {
            var exact = record.GetProperty("durationSeconds").GetInt32() * rates[record.GetProperty("chargeCode").GetString()!] / 60;
            return Cost(record) - decimal.Ceiling(exact * 1000) / 1000;
        }).ToList();
        differences.Count(difference => difference == 0).ShouldBe(1414);
        // The others carry a surcharge because the caller's country is unknown.
        differences.Count(difference => difference > 0).ShouldBe(8);
        differences.Count.ShouldBe(1422);
    }

    [Fact]
    public void The_pre_rated_file_has_3000_calls_of_which_86_withhold_the_caller()
    {
        if (Read("uk-prerated-8col", "uk-prerated-8col/techtest_cdr_a.csv") is not { } records) return;
        records.Count.ShouldBe(3000);
        records.Count(r => r.GetProperty("from").ValueKind == JsonValueKind.Null).ShouldBe(86);
        // Twelve calls to 118 numbers, as they were dialled.
        records.Count(r => !r.GetProperty("to").GetString()!.StartsWith('+')).ShouldBe(12);
        records.ShouldAllBe(r => r.GetProperty("currency").GetString() == "GBP");
    }

    [Theory]
    [InlineData("Master_19col_custom.csv", 14, 3, 78, 0)]
    [InlineData("testsuite_good.csv", 5, 3, 12, 0)]
    // One of its eleven lines has a negative duration, and is a bad line.
    [InlineData("jbilling_asterisk_sample1.csv", 10, 1, 2655, 1)]
    [InlineData("jbilling_batch_first2000.csv", 2000, 0, 10681500, 0)]
    public void The_asterisk_files_have_the_calls_seconds_and_unanswered_attempts_that_are_known(string file, int calls, int unanswered, int seconds, int bad)
    {
        if (Read("asterisk-cdr", "asterisk-cdr-csv/" + file, bad) is not { } records) return;
        records.Count.ShouldBe(calls);
        records.Count(r => !r.GetProperty("answered").GetBoolean()).ShouldBe(unanswered);
        records.Sum(r => r.GetProperty("durationSeconds").GetInt32()).ShouldBe(seconds);
    }

    private List<JsonElement>? Read(string format, string file, int bad = 0)
    {
        if (Repository.SharedCdrs is not { } folder)
        {
            output.WriteLine($"Not checked: {file} is absent, for it is no part of the repository.");
            return null;
        }
        var sample = CdrSampleFile.From(Path.Combine(folder, file));
        foreach (var id in CdrFormats.Ids)
        {
            var score = CdrFormats.Of(id).Recognise(CdrSample.Of(sample.Name, sample.Content.Span, isWhole: true));
            (score >= 50).ShouldBe(id == format, $"{id} answers {score} to {file}");
        }
        var recording = CdrRecording.Of(CdrFormats.Of(format), sample.Name, sample.Content);
        recording.Problems.Count().ShouldBe(bad);
        return [.. recording.Records.Select(record => JsonDocument.Parse(record.ToString()).RootElement)];
    }

    private static decimal Cost(JsonElement record) => decimal.Parse(record.GetProperty("cost").GetString()!, CultureInfo.InvariantCulture);
}
