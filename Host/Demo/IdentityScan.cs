using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;

namespace Billing.Host.Demo;

/// <summary>Looks through carriers' files for who is in them, so that somebody can be billed without having set anything up.</summary>
internal sealed class IdentityScan(Tenant tenant) : ICdrSink
{
    private readonly SortedDictionary<string, bool> circuits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, bool> numbers = [];
    private readonly SortedSet<DateOnly> months = [];
    private CdrTimeResolver times = CdrTimeResolver.For(CdrTimeBase.Utc);

    /// <summary>Trunks, circuits and PBX accounts, and whether the carrier prices their calls.</summary>
    public IReadOnlyDictionary<string, bool> Circuits => circuits;

    /// <summary>Calling numbers of records without any of these, and the same.</summary>
    public IReadOnlyDictionary<ulong, bool> Numbers => numbers;

    /// <summary>First days of the months that have calls, in order.</summary>
    public IReadOnlyCollection<DateOnly> Months => months;

    public void Read(ICdrFormat format, string name, byte[] content)
    {
        times = CdrTimeResolver.For(format.Info.TimeBase);
        using var stream = new MemoryStream(content, writable: false);
        format.Read(stream, new CdrFile(name), this);
    }

    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        if (!record.IsAnswered) return;
        var day = tenant.DayOf(times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds).Instant);
        months.Add(new DateOnly(day.Year, day.Month, 1));
        var party = record.Direction == CallDirection.Out ? record.From : record.To;
        var isPriced = record.Cost is not null;
        if (!record.Identity.IsEmpty)
        {
            var circuit = System.Text.Encoding.UTF8.GetString(record.Identity);
            circuits[circuit] = isPriced || circuits.GetValueOrDefault(circuit);
        }
        else if (!party.Number.IsUnset) numbers[party.Number.Digits] = isPriced || numbers.GetValueOrDefault(party.Number.Digits);
    }

    public void Problem(in CdrProblem problem)
    {
    }

    public void Skip(long lineNumber, CdrStructure structure)
    {
    }
}
