using System.Text.Json;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Xunit.Abstractions;

namespace Billing.Plugins.Tests;

/// <summary>Roaming files that lie beside the repository, read in place, against what is known about them.</summary>
public sealed class RoamingFilesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_tap_batch_has_a_call_each_way_a_data_session_and_a_supplementary_service()
    {
        if (Read("tap3", "tap3/tap_3_12_valid.ber") is not { } read) return;
        var records = Records(read);
        records.Select(r => (r.GetProperty("direction").GetString(), r.GetProperty("kind").GetString(), r.GetProperty("durationSeconds").GetInt32(), r.GetProperty("cost").GetString()))
            .ShouldBe([("in", "voice", 153, "2.300"), ("out", "voice", 213, "2.300"), ("out", "data", 500, "66.600"), ("out", "voice", 0, null)]);
        // The service that was switched is kept, and never billed.
        records.Select(r => r.GetProperty("answered").GetBoolean()).ShouldBe([true, true, true, false]);
        records.Select(r => r.GetProperty("startedAt").GetString()).ShouldBe(["2014-03-01T14:03:42+02:00", "2014-03-01T15:02:00+02:00", "2014-03-01T15:08:00+02:00", "2014-03-02T15:08:00+02:00"]);
        records[2].GetProperty("quantity").GetInt64().ShouldBe(1_200_000_000 + 2_200_000_000);
        records.Take(3).ShouldAllBe(r => r.GetProperty("currency").GetString() == "EUR");
        records.Select(r => r.GetProperty("identity").GetString()).ShouldBe(["133713371337133", "232323232323232", "232323232323232", "133713371337133"]);
        read.Problems.ShouldBeEmpty();
        read.Entries.Where(entry => entry.Kind == CdrEntryKind.Skip).Select(entry => entry.ToString()).ShouldBe(["{\"line\":1,\"skipped\":\"heading\"}", "{\"line\":6,\"skipped\":\"trailer\"}"]);
        Totals(read).ShouldBe((4, 4));
    }

    [Fact]
    public void A_negative_volume_is_a_bad_event_and_the_audit_counts_three_that_are_not_there()
    {
        if (Read("tap3", "tap3/tap_3_12_negative_volume.ber") is not { } read) return;
        read.Records.ShouldBeEmpty();
        read.Problems.Single().Text.ShouldSatisfyAllConditions(
            text => text.ShouldContain("cdr.bad-volume"), text => text.ShouldContain("\"field\":\"DataVolumeIncoming\""), text => text.ShouldContain("DataVolumeIncoming at byte 360 is -2"));
        Totals(read).ShouldBe((4, 1));
    }

    [Fact]
    public void The_batch_of_five_events_that_claims_four_does_not_add_up()
    {
        if (Read("tap3", "tap3/tap_3_12_timestamps.ber") is not { } read) return;
        read.Records.Count().ShouldBe(5);
        read.Problems.ShouldBeEmpty();
        Records(read)[4].GetProperty("startedAt").GetString().ShouldBe("2014-03-02T15:12:00-05:00");
        Totals(read).ShouldBe((4, 5));
    }

    [Fact]
    public void The_notification_is_known_and_has_no_events()
    {
        if (Read("tap3", "tap3/tap_notification.ber") is not { } read) return;
        read.Entries.Single().Text.ShouldContain("heading");
        read.Expected.ShouldBeEmpty();
    }

    [Fact]
    public void The_near_real_time_file_has_seven_events_and_claims_ten()
    {
        if (Read("nrtrde", "nrtrde/nrt_2_1.ber") is not { } read) return;
        var records = Records(read);
        records.Select(r => (r.GetProperty("direction").GetString(), r.GetProperty("kind").GetString(), r.GetProperty("durationSeconds").GetInt32(), r.GetProperty("quantity").GetInt64())).ShouldBe(
        [
            ("out", "voice", 43, 1), ("in", "sms", 0, 1), ("out", "data", 3600, 127_272_726),
            ("out", "voice", 43, 1), ("in", "sms", 0, 1), ("out", "data", 3600, 127_272_726), ("out", "data", 3600, 127_272_726),
        ]);
        records[0].GetProperty("startedAt").GetString().ShouldBe("2016-01-22T11:01:02+02:00");
        records[0].GetProperty("to").GetString().ShouldBe("+495211065844");
        records.ShouldAllBe(r => r.GetProperty("cost").ValueKind == JsonValueKind.Null);
        read.Problems.ShouldBeEmpty();
        Totals(read).ShouldBe((10, 7));
    }

    [Theory]
    [InlineData("rap/rap_mini.ber", "return batch")]
    [InlineData("rap/rap_ack.ber", "acknowledgement")]
    public void A_rap_file_is_named_and_refused(string file, string what)
    {
        if (Read("tap3", file) is not { } read) return;
        read.HasEnded.ShouldBeTrue();
        read.Entries.Single().Text.ShouldSatisfyAllConditions(text => text.ShouldContain("cdr.not-usage"), text => text.ShouldContain(what));
    }

    [Fact]
    public void None_of_them_throws_or_gives_a_record_when_it_is_cut_anywhere()
    {
        if (Repository.SharedCdrs is not { } folder)
        {
            output.WriteLine("Not checked: the shared roaming files are absent.");
            return;
        }
        foreach (var (format, sub) in ((string, string)[])[("tap3", "tap3"), ("nrtrde", "nrtrde"), ("tap3", "rap")])
            foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, sub), "*.ber"))
            {
                var bytes = File.ReadAllBytes(path);
                for (var length = 0; length < bytes.Length; length++)
                {
                    var read = CdrRecording.Of(CdrFormats.Of(format), path, bytes.AsMemory(0, length));
                    read.HasEnded.ShouldBeTrue($"{path} cut after {length}");
                    read.Records.ShouldBeEmpty();
                }
            }
    }

    // What the host compares: a total, against records that are good or bad.
    private static (long? Claimed, long Found) Totals(CdrRecording read) => (read.Expected.Single().Records, read.Records.Count() + read.Problems.Count());

    private static List<JsonElement> Records(CdrRecording read) => [.. read.Records.Select(record => JsonDocument.Parse(record.ToString()).RootElement)];

    private CdrRecording? Read(string format, string file)
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
        return CdrRecording.Of(CdrFormats.Of(format), sample.Name, sample.Content);
    }
}
