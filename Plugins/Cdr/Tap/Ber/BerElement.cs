using System.Formats.Asn1;

namespace Billing.Plugins.Tap.Ber;

/// <summary>One element of a BER file: its tag, its content, and where it stands.</summary>
/// <param name="tag">The tag; in these files nearly always of the application class.</param>
/// <param name="encoded">All its bytes: tag, length, content and, where the length is indefinite, the end marker.</param>
/// <param name="content">The content alone.</param>
/// <param name="offset">Byte of the file at which it begins, counted from 0.</param>
/// <param name="contentOffset">Byte of the file at which its content begins.</param>
readonly ref struct BerElement(Asn1Tag tag, ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> content, int offset, int contentOffset)
{
    public ReadOnlySpan<byte> Encoded { get; } = encoded;

    public ReadOnlySpan<byte> Content { get; } = content;

    public int Offset { get; } = offset;

    public bool IsConstructed { get; } = tag.IsConstructed;

    /// <summary>Number of the application tag; -1 for a tag of another class, which means nothing in these files.</summary>
    public int Tag { get; } = tag.TagClass == TagClass.Application ? tag.TagValue : -1;

    /// <summary>The elements inside a constructed one; none in a primitive one.</summary>
    public BerReader Children => new(IsConstructed ? Content : [], contentOffset);
}
