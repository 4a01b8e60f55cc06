using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>
/// TAP 3: what a visited network charges for visitors, as ASN.1 in BER, definite or indefinite lengths. An element is what lines are elsewhere: the parts before the events are one heading, each
/// event is one, and the audit part is the trailer.
/// </summary>
/// <remarks>
/// RAP files, by which events of TAP files are sent back, are recognised too, so that a person who uploads one is told what it is instead of that nothing knows it.
/// </remarks>
public sealed class Tap3Format : ICdrFormat
{
    private const int Version = 3;

    private readonly Currency? amountsIn;

    /// <summary>Takes the setting <c>amountsIn</c>: <c>local</c> or <c>sdr</c>.</summary>
    /// <exception cref="FormatException">The setting is something else.</exception>
    public Tap3Format(CdrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // By the standard, amounts are special drawing rights unless the file names a TAP currency. Networks that bill a reseller of their own leave that out, and mean their own money.
        amountsIn = settings.OneOf("amountsIn", "local", "sdr") == "sdr" ? Currency.Of("XDR") : null;
    }

    /// <inheritdoc/>
    public CdrFormatInfo Info { get; } = new("tap3", "TAP 3 roaming batch", "TAP", CdrTimeBase.Utc)
    {
        CountsElements = true,
        FileNames = ["CD*", "TD*"],
        RecognisedBy = "ASN.1 whose first tags are those of a transfer batch, a notification or a RAP file.",
    };

    /// <inheritdoc/>
    public int Recognise(in CdrSample sample) => RoamingFile.KindOf(sample.Head) is RoamingKind.None or RoamingKind.Nrtrde ? 0 : 95;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sink);
        var to = new RoamingSink(sink);
        if (RoamingFile.LoadWhole(content, to) is not { } bytes) return;
        var kind = RoamingFile.KindOf(bytes.Span);
        switch (kind)
        {
            case RoamingKind.Batch or RoamingKind.Notification when BerStructure.Check(bytes.Span) is { } fault:
                to.Refuse(fault, bytes.Span);
                break;
            case RoamingKind.Batch:
                ReadBatch(bytes.Span, file, to);
                break;
            case RoamingKind.Notification:
                // It only says that there was nothing to charge.
                to.Skip(CdrStructure.Heading);
                break;
            case RoamingKind.Return:
                to.Refuse(RoamingFile.NotUsage, "This is a RAP return batch: it sends events of an earlier TAP file back and holds no usage of its own. "
                    + "Hand it to whoever settles with the network; what it corrects comes again in a TAP file.", bytes.Span);
                break;
            case RoamingKind.Acknowledgement:
                to.Refuse(RoamingFile.NotUsage, "This is a RAP acknowledgement: it says that a RAP file arrived, and holds no usage. There is nothing to import.", bytes.Span);
                break;
            default:
                to.Refuse(CdrProblemCode.BadStructure, "The file does not begin as a TAP file does. Choose its format, or ask the sender for it again, transferred as binary.", bytes.Span);
                break;
        }
    }

    private void ReadBatch(ReadOnlySpan<byte> bytes, CdrFile file, RoamingSink to)
    {
        var outer = new BerReader(bytes, 0);
        outer.MoveNext();
        var batch = outer.Current.Children;
        // All that is around the events first: what they mean depends on it.
        var header = new TapHeader();
        foreach (var part in batch)
            if (part.Tag is TapTag.BatchControlInfo or TapTag.AccountingInfo or TapTag.NetworkInfo or TapTag.AuditControlInfo) header.Add(part);

        if (header.Version is not Version)
            to.Refuse(CdrProblemCode.UnknownValue, header.Version is { } version
                ? string.Create(CultureInfo.InvariantCulture, $"The file is of TAP version {version}; only version {Version} can be read.")
                : $"The file does not say of which TAP version it is; only version {Version} can be read.", bytes, "SpecificationVersionNumber");
        else if (header.Count is not >= 0)
            to.Refuse(CdrProblemCode.MissingValue, "The file does not say how many events it should hold, so nobody can know whether it is whole. Ask the sender for it again.", bytes, "CallEventDetailsCount");
        else ReadEvents(batch, header, header.Count.Value, file, to);
    }

    private void ReadEvents(BerReader batch, TapHeader header, long count, CdrFile file, RoamingSink to)
    {
        var scratch = new byte[RoamingEvent.ScratchBytes];
        to.Skip(CdrStructure.Heading);
        foreach (var part in batch)
        {
            if (part.Tag != TapTag.CallEventDetailList) continue;
            foreach (var callEvent in part.Children)
            {
                var reader = new TapEvent(header, amountsIn, scratch);
                var call = CallDetailRecord.Voice();
                if (reader.TryRead(callEvent, ref call)) to.Record(ref call, callEvent.Encoded);
                else to.Problem(reader.Fault!, callEvent.Encoded);
            }
        }
        to.Skip(CdrStructure.Trailer);

        // The audit's total charge is not compared. It should be the sum of the charges, but batches that are right in everything else are about in which it is not, and refusing those would stop usage
        // that nobody doubts. The count alone tells a batch of which something is missing.
        file.Expect(new CdrTotals(Records: count));
    }
}
