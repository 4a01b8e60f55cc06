using Billing.Abstractions.Cdr;
using Fixtures.CarrierLibrary;

namespace Fixtures.NeedsLibrary;

/// <summary>Knows its id from the library only.</summary>
public sealed class NeedsLibraryFormat : ICdrFormat
{
    /// <inheritdoc/>
    public CdrFormatInfo Info { get; } = new(CarrierText.FormatId, "Needs a library", "Fixture Telecom", CdrTimeBase.Utc);

    /// <inheritdoc/>
    public int Recognise(in CdrSample sample) => 0;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
    }
}
