using Billing.Abstractions.Cdr;

namespace Billing.Plugins.MobileCsv;

/// <summary>
/// A mobile supplier's file in which one column holds seconds, messages or an amount of data, depending on the service of its row. The last of its three amounts is the
/// price as charged.
/// </summary>
public sealed class MobileCsvFormat(CdrSettings settings) : DelimitedCdrFormat(
    new CdrFormatInfo("mobile-csv", "Mobile calls, messages and data, 13 columns", "Mobile", settings.TimeBase)
    {
        FileNames = ["mo_*.csv"],
        RecognisedBy = "13 columns: id, two times of 14 digits, and data, voice or sms in the eighth.",
    },
    new CdrDialect
    {
        Heading = CdrHeading.Detect,
        FieldNames = ["id", "start", "end", "account", "number", "called", "cell", "service", "direction", "quantity", "amount 1", "amount 2", "amount"],
    })
{
    private const int Id = 1, Start = 2, End = 3, Account = 4, Number = 5, Called = 6, Service = 8, Direction = 9, Quantity = 10, Amount = 13;

    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyyMMddHHmmss");

    private readonly int bytesPerUnit = settings.OneOf("dataUnit", "bytes", "kB", "KiB") switch { "kB" => 1000, "KiB" => 1024, _ => 1 };

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(92);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (!line.HasFields(13)
            || !line.Required(Id, out call.RecordId)
            || !line.DateTime(Start, Written, out call.StartedAt)
            || !line.DateTime(End, Written, out _)
            || !line.Required(Number, out call.Identity)
            || !line.Money(Amount, out decimal cost))
            return line.Problem;

        if (line.Is(Direction, "mt"u8)) call.Direction = CallDirection.In;
        else if (!line.Is(Direction, "mo"u8)) return line.Fail(CdrProblemCode.UnknownValue, Direction, "mo or mt");
        call.Cost = cost;
        // The subscriber's number comes first whichever way it went.
        if (call.Direction == CallDirection.In)
        {
            line.Party(Called, settings.Numbers, out call.From);
            line.Party(Number, settings.Numbers, out call.To);
        }
        else
        {
            line.Party(Number, settings.Numbers, out call.From);
            line.Party(Called, settings.Numbers, out call.To);
        }
        if (line.Is(Service, "data"u8))
        {
            call.Kind = CdrKind.Data;
            if (!line.WholeNumber(Quantity, out var units)) return line.Problem;
            if (units < 0 || units > long.MaxValue / 1024) return line.Fail(CdrProblemCode.UnknownValue, Quantity, "an amount of data");
            call.Quantity = units * bytesPerUnit;
            return CdrLineMeaning.Record;
        }
        if (line.IsBlank(Called)) return line.Fail(CdrProblemCode.BadNumber, Called, "a telephone number");
        if (line.Is(Service, "voice"u8)) return line.Seconds(Quantity, out call.DurationSeconds) ? CdrLineMeaning.Record : line.Problem;
        if (!line.Is(Service, "sms"u8)) return line.Fail(CdrProblemCode.UnknownValue, Service, "a service (voice, sms, data)");
        call.Kind = CdrKind.Sms;
        if (!line.WholeNumber(Quantity, out call.Quantity)) return line.Problem;
        return call.Quantity > 0 ? CdrLineMeaning.Record : line.Fail(CdrProblemCode.UnknownValue, Quantity, "a number of messages");
    }
}
