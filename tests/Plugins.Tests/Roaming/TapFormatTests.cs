using System.Text.Json;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using static Billing.Plugins.Tests.Roaming.Tap;

namespace Billing.Plugins.Tests.Roaming;

public sealed class TapFormatTests
{
    public static TheoryData<string> Samples => [.. RoamingSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_what_its_writer_writes(string name)
    {
        var path = Path.Combine(Repository.Root, "Plugins", "Cdr", "Tap", "Samples", name);
        var bytes = RoamingSamples.All[name]();
        if (!File.Exists(path)) File.WriteAllBytes(path, bytes);
        File.ReadAllBytes(path).ShouldBe(bytes);
    }

    [Fact]
    public void A_batch_says_the_same_in_definite_and_in_indefinite_lengths()
    {
        var batch = Batch([Originated("11", Called("442079460018"), 95, Charges(("00", 1900))), Data(5, 6, 7), Supplementary(Charge(("00", 1)))]);
        var definite = Read(batch.Definite());
        var indefinite = Read(batch.Indefinite());
        indefinite.Entries.Select(entry => entry.ToString()).ShouldBe(definite.Entries.Select(entry => entry.ToString()));
        indefinite.Expected.ShouldBe(definite.Expected);
        definite.Records.Count().ShouldBe(3);
    }

    [Fact]
    public void The_raw_text_of_a_record_is_the_hex_of_its_element()
    {
        var call = Originated("11", Called("442079460018"), 95);
        Read(Batch([call]).Definite()).Records.Single().Raw.ShouldBe(Convert.ToHexString(call.Definite()));
        Read(Batch([call]).Indefinite()).Records.Single().Raw.ShouldBe(Convert.ToHexString(call.Indefinite()));
    }

    [Fact]
    public void A_call_has_the_visited_network_as_its_charge_code_and_its_reference_as_a_shared_id()
    {
        var record = One(Originated("11", Called("442079460018"), 95, location: Ber.Of(138, Ber.Of(156, Ber.Bytes(45, 0x00, 0xAB, 0x10)))));
        Text(record, "chargeCode").ShouldBe("AAA01");
        Text(record, "id").ShouldBe("00AB10");
        record.GetProperty("idIsShared").GetBoolean().ShouldBeTrue();
        Text(record, "identity").ShouldBe(Imsi);
        Text(record, "from").ShouldBe("+447700900123");
        Text(record, "to").ShouldBe("+442079460018");
        Text(record, "description").ShouldBe("LONDON");
        Text(record, "startedAt").ShouldBe("2026-02-28T14:25:00+01:00");
    }

    [Fact]
    public void Without_an_imsi_the_number_is_the_identity_and_without_both_there_is_no_record()
    {
        Text(One(Call(Ber.Of(427, Ber.Of(199, Ber.Digits(152, "447700900123"))))), "identity").ShouldBe("447700900123");
        Fault(Call(Ber.Of(427, Ber.Of(199)))).ShouldContain(CdrProblemCode.MissingValue);

        static Ber Call(Ber subscriber) => Ber.Of(9, Ber.Of(147, subscriber, Called("442079460018"), Time(44, "20260228142500", 1), Ber.Number(223, 5)), Ber.Text(218, "11"));
    }

    [Fact]
    public void What_was_dialled_is_a_number_only_where_it_says_its_country()
    {
        Text(One(Originated("11", Dialled("01632960002"), 5)), "to").ShouldBe("01632960002");
        Text(One(Originated("11", Dialled("00441632960002"), 5)), "to").ShouldBe("+441632960002");
        Text(One(Originated("12", Dialled("112"), 5)), "to").ShouldBe("112");
    }

    [Fact]
    public void A_message_goes_to_its_recipient_and_not_to_its_centre()
    {
        var sent = One(Originated("22", Ber.Of(89, Ber.Digits(407, "447700900000"), Ber.Text(419, "447700900456")), 0));
        (Text(sent, "kind"), Text(sent, "to"), sent.GetProperty("durationSeconds").GetInt32()).ShouldBe(("sms", "+447700900456", 0));
        One(Originated("22", Called("447700900000"), 0)).GetProperty("to").ValueKind.ShouldBe(JsonValueKind.Null);
        var received = One(Terminated("21", Ber.Of(41, Ber.Text(425, "MyBank")), 0));
        (Text(received, "kind"), Text(received, "from"), Text(received, "direction")).ShouldBe(("sms", "MyBank", "in"));
    }

    [Fact]
    public void Only_the_total_of_a_charge_counts_and_several_totals_add_up()
    {
        Text(One(Originated("11", Called("442079460018"), 5, Charges(("00", 1900), ("01", 1500), ("02", 400)))), "cost").ShouldBe("1.900");
        Text(One(Originated("11", Called("442079460018"), 5, Ber.Of(70, Charge(("00", 24)), Charge(("00", 6))))), "cost").ShouldBe("0.030");
        Text(One(Originated("11", Called("442079460018"), 5, Ber.Of(70, Charge(("00", 24)), Ber.Of(57, Ber.Number(422, 10))))), "cost").ShouldBe("0.034");
        Fault(Originated("11", Called("442079460018"), 5, Charges(("01", 1500)))).ShouldContain(CdrProblemCode.BadAmount);
        Fault(Originated("11", Called("442079460018"), 5, Charges(("00", -1)))).ShouldContain(CdrProblemCode.BadAmount);
        Fault(Originated("11", Called("442079460018"), 5, Charges(("00", long.MaxValue)))).ShouldContain(CdrProblemCode.BadAmount);
        One(Originated("11", Called("442079460018"), 5)).GetProperty("cost").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_charge_is_in_the_tap_currency_else_in_the_local_one_or_in_special_drawing_rights_as_the_setting_says()
    {
        Ber[] events = [Data(1, 2, 3, Charges(("00", 5)))];
        var sdr = CdrFormats.Of("tap3", new() { ["amountsIn"] = "sdr" });
        Text(Only(Read(Batch(events).Definite())), "currency").ShouldBe("EUR");
        Text(Only(Read(Batch(events, tapCurrency: "USD").Definite())), "currency").ShouldBe("USD");
        Text(Only(Read(Batch(events).Definite(), sdr)), "currency").ShouldBe("XDR");
        Text(Only(Read(Batch(events, tapCurrency: "USD").Definite(), sdr)), "currency").ShouldBe("USD");
        Should.Throw<FormatException>(() => CdrFormats.Of("tap3", new() { ["amountsIn"] = "gold" }));
    }

    [Fact]
    public void A_charge_without_currency_or_decimal_places_is_a_bad_event_and_a_charge_of_nothing_is_not()
    {
        Ber[] charged = [Data(1, 2, 3, Charges(("00", 5)))];
        Read(Batch(charged, places: null).Definite()).Problems.Single().Text.ShouldContain(CdrProblemCode.BadAmount);
        Read(Batch(charged, places: 7).Definite()).Problems.Single().Text.ShouldContain(CdrProblemCode.BadAmount);
        Read(Batch(charged, currency: null).Definite()).Problems.Single().Text.ShouldContain(CdrProblemCode.BadCurrency);
        Text(Only(Read(Batch([Data(1, 2, 3, Charges(("00", 0)))], places: null, currency: null).Definite())), "cost").ShouldBe("0");
    }

    [Fact]
    public void A_supplementary_service_is_a_record_of_no_seconds_that_is_billed_only_where_it_is_charged()
    {
        var read = Read(Batch([Supplementary(), Supplementary(Charge(("00", 250))), Supplementary(Charge(("00", 0)))]).Definite());
        var records = read.Records.Select(record => JsonDocument.Parse(record.ToString()).RootElement).ToList();
        records.Select(record => (Text(record, "cost"), record.GetProperty("answered").GetBoolean())).ShouldBe([(null, false), ("0.250", true), ("0.000", false)]);
        records.ShouldAllBe(record => record.GetProperty("durationSeconds").GetInt32() == 0 && Text(record, "to") == "21" && Text(record, "startedAt") == "2026-02-28T16:15:00+01:00");
        read.Expected.ShouldBe([new CdrTotals(Records: 3)]);
    }

    [Theory]
    [InlineData(-1L, 5L, "DataVolumeIncoming")]
    [InlineData(5L, -1L, "DataVolumeOutgoing")]
    [InlineData(long.MaxValue, 5L, "DataVolumeIncoming")]
    public void A_volume_that_can_not_be_is_a_bad_event_with_its_place(long bytesIn, long bytesOut, string field) =>
        Fault(Data(bytesIn, bytesOut, 5)).ShouldSatisfyAllConditions(text => text.ShouldContain("cdr.bad-volume"), text => text.ShouldContain($"\"field\":\"{field}\""), text => text.ShouldContain("at byte"));

    [Fact]
    public void Other_bad_items_are_one_problem_each()
    {
        Fault(Originated("11", Called("442079460018"), -1)).ShouldContain(CdrProblemCode.BadDuration);
        Fault(Originated("11", Called("442079460018"), 1L << 40)).ShouldContain(CdrProblemCode.BadDuration);
        Fault(Originated("11", Called("442079460018"), 5, at: "20260231142500")).ShouldContain(CdrProblemCode.BadTime);
        Fault(Originated("11", Called("442079460018"), 5, offset: 9)).ShouldContain("UtcTimeOffsetCode");
        Fault(Originated("11", Ber.Of(89, Ber.Bytes(407, 0x44, 0xF1)), 5)).ShouldContain(CdrProblemCode.BadNumber);
        Fault(Ber.Of(9, Ber.Of(147, Subscriber(), Time(44, "20260228142500", 1), Ber.Number(223, 5)))).ShouldContain("TeleServiceCode");
        Fault(Ber.Of(9, Ber.Of(147, Ber.Of(129, Ber.Digits(4, "001010")), Time(44, "20260228142500", 1), Ber.Number(223, 5)))).ShouldContain(CdrProblemCode.BadStructure);
        Fault(Ber.Of(433, Ber.Number(439, 1))).ShouldContain("a multimedia message (tag 433)");
        Fault(Ber.Of(99)).ShouldContain("of an unknown type (tag 99)");
        Fault(Ber.Of(9, Ber.Bytes(162, new byte[70_000]))).ShouldContain(CdrProblemCode.LineTooLong);
        Fault(Ber.Number(9, 5)).ShouldContain(CdrProblemCode.MissingValue);
    }

    [Fact]
    public void A_number_may_be_written_wider_than_it_has_to_be()
    {
        var data = Ber.Of(14, Ber.Of(114, Subscriber(), Time(44, "20260228160000", 1)), Ber.Of(121, Ber.Bytes(250, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0), Ber.Bytes(251, 0, 7)));
        One(data).GetProperty("quantity").GetInt64().ShouldBe(263);
    }

    [Fact]
    public void A_batch_claims_the_events_of_its_audit_and_is_refused_without_one_or_of_another_version()
    {
        Read(Batch([Data(1, 2, 3)], count: 4).Definite()).Expected.ShouldBe([new CdrTotals(Records: 4)]);
        Refusal(Read(Batch([Data(1, 2, 3)], count: -1).Definite())).ShouldContain("CallEventDetailsCount");
        Refusal(Read(Batch([Data(1, 2, 3)], version: 2).Definite())).ShouldContain("TAP version 2");
    }

    [Fact]
    public void A_notification_is_a_heading()
    {
        var bytes = Notification().Definite();
        CdrFormats.Of("tap3").Recognise(CdrSample.Of("CDAAA01GBRYY00043", bytes, isWhole: true)).ShouldBe(95);
        Read(bytes).Entries.Single().Text.ShouldContain("heading");
    }

    [Fact]
    public void A_near_real_time_file_is_refused_by_tap_and_the_other_way_round()
    {
        var near = Nrt.File([Nrt.Event(3, "20260228141200", 43, Nrt.Service("11"), Ber.Text(27, "442079460018"))]);
        Refusal(Read(near.Definite())).ShouldContain(CdrProblemCode.BadStructure);
        Refusal(Read(Batch([]).Definite(), CdrFormats.Of("nrtrde"))).ShouldContain(CdrProblemCode.BadStructure);
        var read = Read(near.Indefinite(), CdrFormats.Of("nrtrde"));
        Text(Only(read), "startedAt").ShouldBe("2026-02-28T14:12:00+01:00");
        read.Expected.ShouldBe([new CdrTotals(Records: 1)]);
    }

    private static CdrRecording Read(byte[] bytes, ICdrFormat? format = null) => CdrRecording.Of(format ?? CdrFormats.Of("tap3"), "batch", bytes);

    private static JsonElement One(Ber callEvent) => Only(Read(Batch([callEvent]).Definite()));

    private static JsonElement Only(CdrRecording read)
    {
        read.Problems.ShouldBeEmpty();
        return JsonDocument.Parse(read.Records.Single().ToString()).RootElement;
    }

    private static string Fault(Ber callEvent)
    {
        var read = Read(Batch([callEvent]).Definite());
        read.HasEnded.ShouldBeFalse();
        read.Records.ShouldBeEmpty();
        return read.Problems.Single().Text;
    }

    private static string Refusal(CdrRecording read)
    {
        read.HasEnded.ShouldBeTrue();
        return read.Entries.Single().Text;
    }

    private static string? Text(JsonElement record, string name) => record.GetProperty(name).GetString();
}
