using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>Hands what was read on: numbers the elements, writes their bytes as text, and words what ends the reading.</summary>
/// <remarks>
/// The raw text of a record is the hex of its element, in capitals: the element itself is binary, which no text column holds and no person can copy, while any ASN.1 viewer
/// takes its hex, so a record can be looked at, mended and read again from what was stored.
/// </remarks>
sealed class RoamingSink(ICdrSink sink)
{
    private const int MaxShownBytes = 64;

    private byte[] hex = new byte[4096];

    /// <summary>The element in hand, counted from 1.</summary>
    public long Element { get; private set; } = 1;

    public void Record(ref CallDetailRecord call, ReadOnlySpan<byte> encoded)
    {
        call.LineNumber = Element++;
        sink.Record(in call, Hex(encoded));
    }

    public void Problem(EventFault fault, ReadOnlySpan<byte> encoded) =>
        sink.Problem(new CdrProblem(Element++, fault.Code, fault.Field, fault.Message, Hex(encoded[..Math.Min(encoded.Length, EventFault.MaxEventBytes)])));

    public void Skip(CdrStructure structure) => sink.Skip(Element++, structure);

    /// <summary>Ends the reading of a file that breaks off, or is damaged.</summary>
    public void Refuse(BerFault fault, ReadOnlySpan<byte> file) => Refuse(fault.Code, string.Create(CultureInfo.InvariantCulture,
        $"At byte {fault.Offset} {fault.Reason}. None of it was read. Ask the sender for it again, and transfer it as binary."), fault.Offset < file.Length ? file[fault.Offset..] : []);

    /// <summary>Ends the reading.</summary>
    public void Refuse(string code, string message, ReadOnlySpan<byte> from = default, string field = "") =>
        sink.Problem(new CdrProblem(Element, code, field, message, Hex(from[..Math.Min(from.Length, MaxShownBytes)])) { EndsReading = true });

    private ReadOnlySpan<byte> Hex(ReadOnlySpan<byte> bytes)
    {
        if (hex.Length < bytes.Length * 2) hex = new byte[bytes.Length * 2];
        Convert.TryToHexString(bytes, hex, out var written);
        return hex.AsSpan(0, written);
    }
}
