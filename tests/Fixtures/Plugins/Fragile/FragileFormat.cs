using Billing.Abstractions.Cdr;

namespace Fixtures.Fragile;

/// <summary>Reads two lines, then fails: the bug that its author's own files never showed.</summary>
public sealed class FragileFormat : ICdrFormat
{
    /// <inheritdoc/>
    public CdrFormatInfo Info { get; } = new("fragile", "Fragile", "Fixture Telecom", CdrTimeBase.Utc);

    /// <inheritdoc/>
    public int Recognise(in CdrSample sample) => sample.FileName.EndsWith(".fragile", StringComparison.Ordinal) ? 60 : 0;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        sink.Record(CallDetailRecord.Voice() with { LineNumber = 1 }, "one"u8);
        sink.Record(CallDetailRecord.Voice() with { LineNumber = 2 }, "two"u8);
        throw new InvalidOperationException("line 3 has no end");
    }
}
