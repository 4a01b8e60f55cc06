using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Asterisk;

/// <summary>
/// Call files of an Asterisk exchange: <c>cdr_csv</c> in all the widths its options give, <c>cdr_custom</c> with the caller id first, and the variant that
/// jBilling is fed with. The layout is told line by line from where the times and the disposition stand, because all of them end up in one Master.csv.
/// </summary>
public sealed class AsteriskCdrFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("asterisk-cdr", "Asterisk cdr_csv and cdr_custom", "Asterisk", settings.TimeBase)
    {
        FileNames = ["Master.csv", "*asterisk*.csv"],
        RecognisedBy = "16 to 21 columns with start, answer and end, two durations and ANSWERED, NO ANSWER, BUSY or FAILED.",
    },
    new CdrDialect { Heading = CdrHeading.Detect })
{
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-dd HH:mm:ssf");
    private static readonly CdrTimePattern WrittenForJBilling = CdrTimePattern.Of("yyyyMMdd-HHmmss");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(90);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(16, 21)) return line.Problem;
        var layout = AsteriskLayout.Of(ref line);
        if (!line.DateTime(layout.Start, layout.IsJBilling ? WrittenForJBilling : Written, out call.StartedAt)) return line.Problem;

        if (line.Is(layout.Disposition, "ANSWERED"u8))
        {
            // The other duration counts from the first ring, and jBilling writes it in minutes.
            if (!line.Seconds(layout.BillableSeconds, out call.DurationSeconds)) return line.Problem;
        }
        else if (IsUnanswered(line.Text(layout.Disposition))) call.IsAnswered = false;
        else return line.Fail(CdrProblemCode.UnknownValue, layout.Disposition, "ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION");

        line.Party(layout.Source, settings.Numbers, out call.From);
        line.Party(layout.Destination, settings.Numbers, out call.To);
        call.RecordId = layout.RecordId > 0 ? line.Text(layout.RecordId) : [];
        // Legs, forks and retries of one call share its id.
        call.IsRecordIdShared = true;
        call.Identity = IdentityOf(ref line, layout);
        if (!layout.IsJBilling && layout.RecordId > 0) call.StartedAt = AsteriskUniqueId.WithOffset(call.StartedAt, call.RecordId);
        return CdrLineMeaning.Record;
    }

    private static bool IsUnanswered(ReadOnlySpan<byte> disposition) =>
        disposition.SequenceEqual("NO ANSWER"u8) || disposition.SequenceEqual("BUSY"u8) || disposition.SequenceEqual("FAILED"u8)
        || disposition.SequenceEqual("CONGESTION"u8) || disposition.SequenceEqual("NOANSWER"u8);

    private static ReadOnlySpan<byte> IdentityOf(scoped ref CdrLine line, scoped in AsteriskLayout layout)
    {
        var account = layout.IsJBilling ? line.Text(layout.UserField) : layout.Account > 0 ? line.Text(layout.Account) : [];
        if (!account.IsEmpty) return account;
        // PJSIP/client1-00000002 is the third call of PJSIP/client1.
        var channel = line.Text(layout.Channel);
        var dash = channel.LastIndexOf((byte)'-');
        return dash > 0 ? channel[..dash] : channel;
    }
}
