using Billing.Abstractions.Cdr;

namespace Billing.Plugins.BtBill;

/// <summary>
/// The calls of a BT bill as downloaded, in both of its layouts: seven columns without the number billed, and eleven with it. The heading tells which; blank lines may come
/// before it. Times have no seconds, numbers have spaces.
/// </summary>
public sealed class BtBillFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("bt-bill", "BT bill, calls as CSV", "BT", settings.TimeBase)
    {
        FileNames = ["bt_*.csv", "*bill*.csv"],
        RecognisedBy = "The heading Date,Time,Destination,Number,Type,Duration,Cost, or ChargeCode,InstallationNo,...",
    },
    new CdrDialect { Heading = CdrHeading.Never })
{
    private sealed record Columns(int Count, int Installation, int Date, int Time, int Destination, int Called, int Duration, int Cost, int ChargeCode)
    {
        public static Columns Older { get; } = new(7, 0, 1, 2, 3, 4, 6, 7, 5);

        public static Columns Newer { get; } = new(11, 2, 5, 6, 7, 8, 9, 11, 1);
    }

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var first = sample.FirstLine;
        return first.StartsWith("ChargeCode,InstallationNo,"u8) || first.StartsWith("Date,Time,Destination,Number,Type,Duration,Cost"u8) ? 90 : 0;
    }

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (line.Is(1, "ChargeCode"u8) && line.HasFields(11)) return Heading(ref line, Columns.Newer);
        if (line.Is(1, "Date"u8) && line.HasFields(7)) return Heading(ref line, Columns.Older);
        if (line.File.State is not Columns at) return line.Fail(CdrProblemCode.MissingValue, 0, "The heading is missing, so it can't be told which column is what.");
        if (!line.HasFields(at.Count)
            || !line.DateTime(at.Date, at.Time, CdrDateOrder.DayFirst, out call.StartedAt)
            || !line.Seconds(at.Duration, out call.DurationSeconds, CdrDurationUnit.Clock)
            || !line.Party(at.Called, settings.Numbers, out call.To, required: true)
            || !line.Money(at.Cost, out decimal cost))
            return line.Problem;

        call.Cost = cost;
        call.ChargeCode = line.Text(at.ChargeCode);
        call.Description = line.Text(at.Destination);
        if (at.Installation == 0) return CdrLineMeaning.Record;
        call.Identity = line.Text(at.Installation);
        line.Party(at.Installation, settings.Numbers, out call.From);
        return CdrLineMeaning.Record;
    }

    private static CdrLineMeaning Heading(scoped ref CdrLine line, Columns columns)
    {
        line.File.State = columns;
        return CdrLineMeaning.Heading;
    }
}
