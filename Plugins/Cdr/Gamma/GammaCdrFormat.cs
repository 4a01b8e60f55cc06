using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Plugins.Gamma;

/// <summary>
/// The UK industry standard call file with 42 columns, as Gamma names them. A call is known by its record id alone: two calls of one trunk to one number
/// in one second are two calls. The trunk pays, whatever number was presented.
/// </summary>
public sealed class GammaCdrFormat() : DelimitedCdrFormat(
    new CdrFormatInfo("gamma-fcs-v3", "UK industry standard, 42 columns (Gamma V3)", "Gamma", CdrTimeBase.Local("Europe/London"))
    {
        FileNames = ["FZG_Daily_Calls_*_V3.txt", "FZG_Monthly_Calls_*_V3.txt", "FZG_Reconciliation_Calls_*_V3.txt"],
        RecognisedBy = "42 columns, call type first, date and time in 5 and 6, seconds in 7, price in 13, record id in 29.",
    },
    new CdrDialect { FieldNames = Names })
{
    private const int CallType = 1, Customer = 3, Dialled = 4, Date = 5, Time = 6, Duration = 7, BytesSent = 8, BytesReceived = 9, Description = 10,
        ChargeCode = 11, Price = 13, Ddi = 16, RecordId = 29, Currency = 30, Presented = 31, BytesTotal = 35;

    private static readonly string[] Names =
    [
        "Call Type", "Call Cause", "Customer Identifier", "Dialled Number", "Call Date", "Call Time", "Duration", "Bytes Transmitted", "Bytes Received",
        "Description", "Chargecode", "Time Band", "Salesprice", "Salesprice (Pre-Bundle)", "Extension", "DDI", "Grouping ID", "Call Class", "Carrier",
        "Recording", "VAT", "Country of Origin", "Network", "Retail Tariff Code", "Remote Network", "APN", "Diverted Number", "Ring Time", "Record ID",
        "Currency", "Caller Line Identity", "Network Access Reference", "Access Charge", "Service Charge", "Total Bytes", "User ID",
        "Onward Billing Reference", "Contract Name", "Bundle Name", "Bundle Allowance", "Discount Reference", "Routing Code",
    ];

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var probe = Probe(sample);
        if (probe.Records > 0) return probe.Score(95);
        // A day without calls is a heading and nothing else.
        var looksNamed = GammaFileName.TryRead(sample.FileName, out _);
        return probe.Headings == 1 && probe.Problems == 0 && sample.FirstLine.Count((byte)',') == 41 ? looksNamed ? 80 : 60 : looksNamed ? 55 : 0;
    }

    /// <inheritdoc/>
    public override CdrFileFacts Describe(in CdrSample sample) =>
        GammaFileName.TryRead(sample.FileName, out var facts) ? facts : CdrFileFacts.Unknown;

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(42)
            || !line.DateTime(Date, Time, CdrDateOrder.DayFirst, out call.StartedAt)
            || !line.Money(Price, out call.Cost)
            || !line.Currency(Currency, out call.Currency))
            return line.Problem;

        call.Identity = line.Text(Customer);
        call.RecordId = line.Text(RecordId);
        call.ChargeCode = line.Text(ChargeCode);
        call.Description = line.Text(Description);
        // What the customer's exchange sent is untrusted text; the presented number is the better of the two.
        line.Party(line.IsBlank(Presented) ? Ddi : Presented, NumberRules.Uk, out call.From);

        var type = line.Text(CallType);
        return (type.Length == 1 ? (char)type[0] : ' ') switch
        {
            // Z is a call that the carrier gives away. It still is a call, and may draw on nothing or be charged all the same.
            'V' or 'Z' => Voice(ref line, ref call),
            'S' => Sms(ref line, ref call),
            'G' or 'D' => Data(ref line, ref call),
            _ => line.Fail(CdrProblemCode.UnknownValue, CallType, "a call type that is known here (V, Z, S, G, D)"),
        };
    }

    private static CdrLineMeaning Voice(ref CdrLine line, ref CallDetailRecord call) =>
        line.Seconds(Duration, out call.DurationSeconds) && line.Party(Dialled, NumberRules.Uk, out call.To, required: true)
            ? CdrLineMeaning.Record
            : line.Problem;

    private static CdrLineMeaning Sms(ref CdrLine line, ref CallDetailRecord call)
    {
        call.Kind = CdrKind.Sms;
        return line.Party(Dialled, NumberRules.Uk, out call.To, required: true) ? CdrLineMeaning.Record : line.Problem;
    }

    private static CdrLineMeaning Data(ref CdrLine line, ref CallDetailRecord call)
    {
        call.Kind = CdrKind.Data;
        line.Party(Dialled, NumberRules.Uk, out call.To);
        if (!line.IsBlank(Duration) && !line.Seconds(Duration, out call.DurationSeconds)) return line.Problem;
        if (!line.IsBlank(BytesTotal))
        {
            if (!line.WholeNumber(BytesTotal, out call.Quantity)) return line.Problem;
            return call.Quantity < 0 ? line.Fail(CdrProblemCode.UnknownValue, BytesTotal, "an amount of data") : CdrLineMeaning.Record;
        }
        if (!line.WholeNumber(BytesSent, out var sent) || !line.WholeNumber(BytesReceived, out var received)) return line.Problem;
        if (sent < 0 || received < 0) return line.Fail(CdrProblemCode.UnknownValue, sent < 0 ? BytesSent : BytesReceived, "an amount of data");
        call.Quantity = sent + received;
        return CdrLineMeaning.Record;
    }
}
