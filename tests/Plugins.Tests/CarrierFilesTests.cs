using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Usage.Import;
using Xunit.Abstractions;

namespace Billing.Plugins.Tests;

/// <summary>
/// Every carrier's file that lies beside the repository, read in place by a plugin or a described carrier, with what is known about it. <c>./test CarrierFiles</c> prints the
/// table.
/// </summary>
public sealed class CarrierFilesTests(ITestOutputHelper output)
{
    /// <param name="File">Below the folder.</param>
    /// <param name="Format">What reads it; a mapping's id where no plugin's.</param>
    /// <param name="Records">Good records.</param>
    /// <param name="Answered">Of these answered.</param>
    /// <param name="Seconds">Answered seconds.</param>
    /// <param name="Errors">Lines that are not records and should be.</param>
    /// <param name="Cost">Sum of the costs; null where there are none.</param>
    /// <param name="Refused">Why a host stores nothing of it.</param>
    private sealed record Known(string File, string Format, int Records, int Answered, int Seconds, int Errors, string? Cost = null, string? Refused = null);

    private static readonly Known[] Files =
    [
        new("3cx-cdr/3cx_cdr_single_call.csv", "3cx-cdr", 1, 1, 25, 0, "0.43"),
        new("asterisk-cdr-csv/Master_19col_custom.csv", "asterisk-cdr", 14, 11, 78, 0),
        new("asterisk-cdr-csv/testsuite_good.csv", "asterisk-cdr", 5, 2, 12, 0),
        // One line has a negative duration.
        new("asterisk-cdr-csv/jbilling_asterisk_sample1.csv", "asterisk-cdr", 10, 9, 2655, 1),
        new("asterisk-cdr-csv/jbilling_batch_first2000.csv", "asterisk-cdr", 2000, 2000, 10681500, 0),
        // Two of the six lines are one call of 13 + 21 seconds; one line was not answered.
        new("avaya-ipo-smdr/smdr_basic_examples.csv", "avaya-smdr", 5, 4, 93, 0),
        // 36.768 seconds over two calls, each rounded up: 14 + 24.
        new("broadworks-xml/broadworks_r19.xml", "broadworks-xml", 2, 2, 38, 0),
        new("bt-phonebill-csv/bt_view_my_bill_2001.csv", "bt-bill", 3, 3, 4378, 0, "3.790"),
        new("bt-phonebill-csv/bt_view_my_bill_2003.csv", "bt-bill", 3, 3, 1601, 0, "1.001"),
        new("cgrates-csv/cgrates_cdrc_comma.csv", "cgrates", 2, 2, 30, 0, "2.0200"),
        new("cgrates-csv/cgrates_cdrc_semicolon_commented.csv", "cgrates-plain", 3, 3, 211, 0),
        new("cgrates-csv/cgrates_offline_1.csv", "cgrates-nanoseconds", 2, 2, 30, 0, "2.0200"),
        new("cucm-cdr/cdr_StandAloneCluster_a.csv", "cisco-cucm", 120, 2, 2, 0),
        new("eu-carrier-snippets/abilis_it.csv", "abilis-it", 1, 1, 0, 0),
        new("eu-carrier-snippets/ch_teldas_ina_usage.csv", "teldas-ch", 1, 1, 0, 0),
        new("eu-carrier-snippets/colt_at.csv", "colt-at", 1, 1, 22, 0, "0.01019"),
        new("eu-carrier-snippets/de_semicolon_comma_decimal.csv", "de-wholesale", 2, 2, 214, 0, "0.080642333"),
        new("eu-carrier-snippets/digitel_it.csv", "digitel-it", 1, 1, 11, 0, "0.003483"),
        new("eu-carrier-snippets/digitel_it_tollfree.csv", "digitel-it", 2, 2, 41, 0, "0.000000"),
        new("eu-carrier-snippets/plain_reseller.csv", "reseller-export", 1, 1, 368, 0),
        new("eu-carrier-snippets/twt_it_cps.csv", "twt-it", 2, 2, 200, 0, "0.0867"),
        new("eu-carrier-snippets/twt_it_nng_tollfree.csv", "twt-it-tollfree", 2, 2, 172, 0, "0.0344"),
        new("freeswitch-cdr-csv/Master_spreadsheet_saved.csv", "freeswitch-csv", 10, 9, 530, 0),
        new("freeswitch-json-cdr/fs_json_cdr.json", "freeswitch-json", 1, 1, 68, 0),
        // The trailer says 33 calls and 30 minutes 55 seconds, and agrees.
        new("fwv-isdn-nl/DDB-Some-10022-20120711-309.CDR", "isdn-nl-fixed", 33, 33, 1855, 0),
        new("gamma-fcs-v3/gamma_sip_daily_v3.csv", "gamma-fcs-v3", 1500, 1500, -1, 0),
        new("mobile-mvno-csv/mo_data_voice_sms.csv", "mobile-csv", 3, 3, 31, 0, "1.222660"),
        // Its count says 10 events, and there are 7.
        new("nrtrde/nrt_2_1.ber", "nrtrde", 7, 7, 10886, 0, Refused: CdrProblemCode.TotalsDisagree),
        new("opensips-acc-flatstore/acc_full.log", "opensips-acc", 4, 4, 12, 0),
        new("opensips-acc-flatstore/acc_missed.log", "opensips-acc", 3, 0, 0, 0),
        new("opensips-acc-flatstore/acc_part1_bye_only.log", "opensips-acc", 0, 0, 0, 1),
        // After the file before it: its first INVITE has its BYE there, the other one never gets any.
        new("opensips-acc-flatstore/acc_part2_invite_late.log", "opensips-acc", 1, 1, 4, 1),
        new("partial-csv-de/partial_1.csv", "partial-csv", 1, 1, 74, 1, "0.003360"),
        // After the file before it: 65 + 15 seconds are one call.
        new("partial-csv-de/partial_2.csv", "partial-csv", 1, 1, 80, 0, "0.017920"),
        new("partial-csv-de/partial_3.csv", "partial-csv", 0, 0, 0, 1),
        new("published-doc-examples/realworld_au_ip_voice.csv", "realworld-au", 3, 3, 290, 0, "0.42"),
        new("rap/rap_ack.ber", "tap3", 0, 0, 0, 1, Refused: "cdr.not-usage"),
        new("rap/rap_mini.ber", "tap3", 0, 0, 0, 1, Refused: "cdr.not-usage"),
        // 23 calls of no length were not answered.
        new("softswitch-fixedwidth/BL28122006_000004_first300.log", "softswitch-fixed", 300, 277, 20323, 0),
        new("tap3/tap_3_12_negative_volume.ber", "tap3", 0, 0, 0, 1, Refused: CdrProblemCode.TotalsDisagree),
        new("tap3/tap_3_12_timestamps.ber", "tap3", 5, 3, 866, 0, "71.200", CdrProblemCode.TotalsDisagree),
        new("tap3/tap_3_12_valid.ber", "tap3", 4, 3, 866, 0, "71.200"),
        new("tap3/tap_notification.ber", "tap3", 0, 0, 0, 0),
        new("teams-pstn-json/graph_direct_routing_calls.json", "teams-direct-routing", 1, 1, 5, 0),
        new("teams-pstn-json/graph_pstn_calls.json", "teams-pstn", 1, 1, 219, 0, "0.00"),
        new("uk-prerated-8col/techtest_cdr_a.csv", "uk-prerated-8col", 3000, 3000, -1, 0),
    ];

    [Fact]
    public void Every_file_is_recognised_and_gives_what_is_known_of_it()
    {
        if (Repository.SharedCdrs is not { } folder)
        {
            output.WriteLine("Not checked: the shared carrier files are absent, for they are no part of the repository.");
            Table.Write("carrier-files", "The shared carrier files are absent, for they are no part of the repository: nothing was read.");
            return;
        }
        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{"file",-62} {"format",-22} {"lines",6} {"records",8} {"answered",9} {"seconds",9} {"errors",7}  {"cost",-12} remark\n"));
        var wrong = new List<string>();
        var left = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        foreach (var known in Files)
        {
            var sample = CdrSampleFile.From(Path.Combine(folder, known.File));
            var format = Recognised(sample, out var said);
            if (format?.Info.Id != known.Format)
            {
                wrong.Add($"{known.File}: {said}");
                continue;
            }
            // Lines that wait for the rest of their calls come again with the next file of the format, as the import has it.
            var waiting = left.GetValueOrDefault(known.Format) ?? [];
            var file = new CdrFile(sample.Name, [.. waiting.Select((raw, i) => new CdrEarlierLine(i + 1, raw))]);
            var sink = new Sink();
            var tally = new CdrTally(sink);
            format.Read(new MemoryStream(sample.Content.ToArray()), file, tally);
            left[known.Format] = [.. waiting.Where((_, i) => !sink.Joined.Contains(i + 1)), .. sink.Incomplete];
            var totals = tally.Compare(file.Expected);
            var cost = sink.Cost?.ToString(CultureInfo.InvariantCulture);
            var remark = totals.Count > 0 ? totals[0].Message : file.Expected.Count > 0 ? "totals agree" : sink.Joined.Count > 0 ? "joined with an earlier file" : sink.FirstProblem;
            table.Append(CultureInfo.InvariantCulture, $"{known.File,-62} {known.Format,-22} {tally.Lines,6} {tally.Records,8} {tally.Answered,9} {tally.Seconds,9} {tally.Errors,7}  {cost ?? "-",-12} {remark}\n");
            var seconds = known.Seconds < 0 ? tally.Seconds : known.Seconds;
            if ((tally.Records, tally.Answered, tally.Seconds, tally.Errors) != (known.Records, known.Answered, seconds, known.Errors) || (known.Cost is not null && known.Cost != cost))
                wrong.Add($"{known.File}: {tally.Records} records, {tally.Answered} answered, {tally.Seconds} s, {tally.Errors} errors, cost {cost}; known are {known}");
            var refused = totals.Count > 0 ? totals[0].Code : tally.HasEnded ? sink.FirstProblem : null;
            if (refused != known.Refused) wrong.Add($"{known.File}: refused for {refused ?? "nothing"}; known is {known.Refused ?? "nothing"}");
        }
        Table.Write("carrier-files", table.ToString());
        output.WriteLine(table.ToString());
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_dutch_file_is_refused_when_its_durations_do_not_add_up()
    {
        if (Repository.SharedCdrs is not { } folder)
        {
            output.WriteLine("Not checked: the shared carrier files are absent.");
            return;
        }
        var path = Path.Combine(folder, "fwv-isdn-nl/DDB-Some-10022-20120711-309.CDR");
        var text = File.ReadAllText(path).Replace("00001600998", "00002600998", StringComparison.Ordinal);
        var file = new CdrFile("a.CDR");
        var tally = new CdrTally(new Sink());
        CdrFormats.Of("isdn-nl-fixed").Read(new MemoryStream(Encoding.Latin1.GetBytes(text)), file, tally);
        tally.Compare(file.Expected).Single().Code.ShouldBe(CdrProblemCode.TotalsDisagree);
    }

    private static ICdrFormat? Recognised(CdrSampleFile sample, out string said)
    {
        var catalog = new CdrFormatCatalog();
        foreach (var id in CdrFormats.Ids) catalog.Add(Wanted(id));
        foreach (var format in Mappings.Formats) catalog.Add(format);
        catalog.Recognise(CdrSample.Of(sample.Name, sample.Content.Span, isWhole: true)).TryGet(out var found, out var failure);
        said = failure?.Message ?? found!.Info.Id;
        return found;
    }

    // A German supplier's numbers, which only the settings can know.
    private static ICdrFormat Wanted(string id) => id == "mobile-csv" ? CdrFormats.Of(id, new() { ["countryCode"] = "49" }) : CdrFormats.Of(id);

    private sealed class Sink : ICdrSink
    {
        public decimal? Cost { get; private set; }

        public List<byte[]> Incomplete { get; } = [];

        public HashSet<long> Joined { get; } = [];

        public string FirstProblem { get; private set; } = "";

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
            if (record.Cost is { } cost) Cost = (Cost ?? 0) + cost;
            foreach (var token in record.Earlier) Joined.Add(token);
        }

        public void Problem(in CdrProblem problem)
        {
            if (FirstProblem.Length == 0) FirstProblem = problem.Code;
            if (problem.Code == CdrProblemCode.Incomplete) Incomplete.Add(problem.Raw.ToArray());
        }

        public void Skip(long lineNumber, CdrStructure structure)
        {
        }
    }
}
