using System.Formats.Asn1;

namespace Billing.Plugins.Tap.Ber;

/// <summary>
/// Goes through elements that stand one after the other. Only for bytes that <see cref="BerStructure"/> found whole: then each has an end, and nothing
/// here allocates or throws.
/// </summary>
ref struct BerReader(ReadOnlySpan<byte> bytes, int offset)
{
    private ReadOnlySpan<byte> rest = bytes;
    private int at = offset;

    public BerElement Current { get; private set; }

    public bool MoveNext()
    {
        if (rest.IsEmpty || !AsnDecoder.TryReadEncodedValue(rest, AsnEncodingRules.BER, out var tag, out var contentOffset, out var contentLength, out var consumed)) return false;
        Current = new(tag, rest[..consumed], rest.Slice(contentOffset, contentLength), at, at + contentOffset);
        rest = rest[consumed..];
        at += consumed;
        return true;
    }

    public readonly BerReader GetEnumerator() => this;
}
