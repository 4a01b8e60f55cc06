using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>
/// NRTRDE 2: calls, messages and data of visitors within hours, so that fraud is seen early. The same usage comes again in TAP, where it is charged: a tenant that is
/// billed by TAP does not import both.
/// </summary>
/// <remarks>Its amounts have neither a currency nor decimal places, so they are no cost.</remarks>
public sealed class NrtrdeFormat : ICdrFormat
{
    private const int Version = 2;

    /// <inheritdoc/>
    public CdrFormatInfo Info { get; } = new("nrtrde", "NRTRDE 2 near real time roaming", "NRTRDE", CdrTimeBase.Utc)
    {
        CountsElements = true,
        FileNames = ["NR*"],
        RecognisedBy = "ASN.1 whose first tags are those of an NRTRDE file.",
    };

    /// <inheritdoc/>
    public int Recognise(in CdrSample sample) => RoamingFile.KindOf(sample.Head) == RoamingKind.Nrtrde ? 95 : 0;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sink);
        var to = new RoamingSink(sink);
        if (RoamingFile.LoadWhole(content, to) is not { } bytes) return;
        if (RoamingFile.KindOf(bytes.Span) != RoamingKind.Nrtrde)
            to.Refuse(CdrProblemCode.BadStructure, "The file does not begin as an NRTRDE file does. Choose its format, or ask the sender for it again, transferred as binary.", bytes.Span);
        else if (BerStructure.Check(bytes.Span) is { } fault) to.Refuse(fault, bytes.Span);
        else ReadFile(bytes.Span, file, to);
    }

    private static void ReadFile(ReadOnlySpan<byte> bytes, CdrFile file, RoamingSink to)
    {
        var outer = new BerReader(bytes, 0);
        outer.MoveNext();
        byte[] sender = [];
        long? version = null, count = null;
        foreach (var item in outer.Current.Children)
        {
            if (item.IsConstructed) continue;
            if (item.Tag == NrtrdeTag.Sender && item.Content.Length <= 16) sender = item.Content.Trim((byte)' ').ToArray();
            else if (item.Tag == NrtrdeTag.SpecificationVersion && BerValue.TryReadInteger(item.Content, out var number)) version = number;
            else if (item.Tag == NrtrdeTag.CallEventsCount && BerValue.TryReadInteger(item.Content, out var events)) count = events;
        }

        if (version is not Version)
            to.Refuse(CdrProblemCode.UnknownValue, string.Create(CultureInfo.InvariantCulture, $"The file is not of NRTRDE version {Version}, the only one that can be read."), bytes, "SpecificationVersionNumber");
        else if (count is not >= 0)
            to.Refuse(CdrProblemCode.MissingValue, "The file does not say how many events it should hold, so nobody can know whether it is whole. Ask the sender for it again.", bytes, "CallEventsCount");
        else ReadEvents(outer.Current.Children, sender, count.Value, file, to);
    }

    private static void ReadEvents(BerReader items, byte[] sender, long count, CdrFile file, RoamingSink to)
    {
        var scratch = new byte[RoamingEvent.ScratchBytes];
        to.Skip(CdrStructure.Heading);
        foreach (var list in items)
        {
            if (list.Tag != NrtrdeTag.CallEventList) continue;
            foreach (var callEvent in list.Children)
            {
                var reader = new NrtrdeEvent(sender, scratch);
                var call = CallDetailRecord.Voice();
                if (reader.TryRead(callEvent, ref call)) to.Record(ref call, callEvent.Encoded);
                else to.Problem(reader.Fault!, callEvent.Encoded);
            }
        }
        to.Skip(CdrStructure.Trailer);
        file.Expect(new CdrTotals(Records: count));
    }
}
