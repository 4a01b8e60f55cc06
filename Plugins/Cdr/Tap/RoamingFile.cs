using System.Formats.Asn1;

namespace Billing.Plugins.Tap;

/// <summary>A file of the roaming family as bytes: which one it is, and all of it in memory.</summary>
static class RoamingFile
{
    /// <summary>
    /// Networks send files of a few megabytes, several a day. An element's end is only known once the elements around it are, so a file is read whole; this is what one may take.
    /// </summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The file is one of the family, and holds no usage.</summary>
    public const string NotUsage = "cdr.not-usage";

    /// <summary>The file is larger than can be read.</summary>
    public const string TooLarge = "cdr.too-large";

    /// <summary>Tells from the first two tags what a file is; the rest of it need not be there.</summary>
    public static RoamingKind KindOf(ReadOnlySpan<byte> head)
    {
        if (TagOf(ref head) is not { TagClass: TagClass.Application, IsConstructed: true } outer) return RoamingKind.None;
        var inner = TagOf(ref head) is { TagClass: TagClass.Application } tag ? tag.TagValue : -1;
        return outer.TagValue switch
        {
            TapTag.TransferBatch when inner == TapTag.BatchControlInfo => RoamingKind.Batch,
            NrtrdeTag.Nrtrde when inner is NrtrdeTag.SpecificationVersion or NrtrdeTag.ReleaseVersion or NrtrdeTag.Sender => RoamingKind.Nrtrde,
            TapTag.Notification when inner is TapTag.Sender => RoamingKind.Notification,
            TapTag.ReturnBatch when inner is TapTag.RapBatchControlInfo => RoamingKind.Return,
            TapTag.Acknowledgement when inner is TapTag.Sender => RoamingKind.Acknowledgement,
            _ => RoamingKind.None,
        };
    }

    /// <summary>Reads a whole stream into memory, which grows with the bytes that come and not with what a header claims.</summary>
    /// <returns>Null when there are more than <see cref="MaxBytes"/>.</returns>
    private static ReadOnlyMemory<byte>? Load(Stream content)
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        for (int read; (read = content.Read(buffer, length, buffer.Length - length)) > 0;)
        {
            length += read;
            if (length > MaxBytes) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxBytes + 1));
        }
        return buffer.AsMemory(0, length);
    }

    /// <summary>Reads a whole stream into memory, or ends the reading of one that is too large.</summary>
    public static ReadOnlyMemory<byte>? LoadWhole(Stream content, RoamingSink to)
    {
        var bytes = Load(content);
        if (bytes is null)
            to.Refuse(TooLarge, $"The file has more than {MaxBytes >> 20} MiB, and no roaming file is so large. Ask the sender to split it, or whether it is the right one.");
        return bytes;
    }

    private static Asn1Tag? TagOf(ref ReadOnlySpan<byte> rest)
    {
        if (!Asn1Tag.TryDecode(rest, out var tag, out var tagBytes) || !AsnDecoder.TryDecodeLength(rest[tagBytes..], AsnEncodingRules.BER, out _, out var lengthBytes)) return null;
        rest = rest[(tagBytes + lengthBytes)..];
        return tag;
    }
}
