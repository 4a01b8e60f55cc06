using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Plugins.UkPrerated;

/// <summary>
/// A UK call list that comes priced: caller, recipient, date, <b>end</b> time, seconds, cost in pounds, reference, currency. An empty caller withheld its
/// number. Numbers have no plus; short codes such as 118 numbers stand as they were dialled.
/// </summary>
public sealed class UkPreratedCdrFormat() : DelimitedCdrFormat(
    new CdrFormatInfo("uk-prerated-8col", "UK pre-rated call list, 8 columns", "UK pre-rated", CdrTimeBase.Local("Europe/London"))
    {
        FileNames = ["*cdr*.csv"],
        RecognisedBy = "8 columns: caller, recipient, date, end time, seconds, cost, reference, currency.",
    },
    new CdrDialect { FieldNames = ["caller_id", "recipient", "call_date", "end_time", "duration", "cost", "reference", "currency"] })
{
    private const int Caller = 1, Recipient = 2, Date = 3, EndTime = 4, Duration = 5, Cost = 6, Reference = 7, Currency = 8;

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var probe = Probe(sample);
        return probe is { Records: 0, Problems: 0, Headings: 1 } && sample.FirstLine.StartsWith("caller_id,recipient,"u8) ? 80 : probe.Score(90);
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(8)
            || !line.Party(Caller, NumberRules.Uk, out call.From)
            || !line.Party(Recipient, NumberRules.Uk, out call.To, required: true)
            || !line.DateTime(Date, EndTime, CdrDateOrder.DayFirst, out call.EndedAt)
            || !line.Seconds(Duration, out call.DurationSeconds)
            || !line.Money(Cost, out decimal cost)
            || !line.Required(Reference, out call.RecordId)
            || !line.Currency(Currency, out call.Currency))
            return line.Problem;

        // The currency is the last column: a file that was cut off inside it would otherwise end in a record without one.
        if (call.Currency.IsUnset) return line.Fail(CdrProblemCode.BadCurrency, Currency, "a currency code such as GBP");
        call.Cost = cost;
        return CdrLineMeaning.Record;
    }
}
