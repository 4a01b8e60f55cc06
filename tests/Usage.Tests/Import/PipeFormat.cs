using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Tests.Import;

/// <summary>A made-up format: id, start or end in London, from, to, trunk, seconds, code, text, cost, currency; a trailer with totals.</summary>
sealed class PipeFormat(string id = "pipe", int score = 80) : DelimitedCdrFormat(
    new CdrFormatInfo(id, "Pipes", "Test", CdrTimeBase.Local("Europe/London")) { FileNames = ["*.pipe"], RecognisedBy = "Bars." }, new CdrDialect('|'))
{
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-dd HH:mm:ss");

    public override int Recognise(in CdrSample sample) => sample.FirstLine.Contains((byte)'|') ? score : 0;

    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (line.Is(1, "END"u8))
        {
            line.WholeNumber(2, out var records);
            line.WholeNumber(3, out var seconds);
            line.Money(4, out decimal cost);
            line.File.Expect(new CdrTotals(records, seconds, cost));
            return CdrLineMeaning.Trailer;
        }
        if (!line.HasFields(10)
            || !line.DateTime(2, Written, out call.StartedAt)
            || !line.Party(3, NumberRules.Uk, out call.From)
            || !line.Party(4, NumberRules.Uk, out call.To, required: true)
            || !line.Seconds(6, out call.DurationSeconds)
            || !line.Money(9, out call.Cost)
            || !line.Currency(10, out call.Currency))
            return line.Problem;
        call.RecordId = line.Text(1);
        call.Identity = line.Text(5);
        call.ChargeCode = line.Text(7);
        call.Description = line.Text(8);
        return CdrLineMeaning.Record;
    }
}
