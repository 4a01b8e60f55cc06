using System.Formats.Asn1;
using System.Globalization;
using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Tap.Ber;

/// <summary>
/// Checks that a file is one element in which every element ends where it says, before anything in it is believed: of a file that was cut off or damaged on the way
/// not even the part before the damage may be billed, for lengths that still fit can be wrong too.
/// </summary>
static class BerStructure
{
    /// <summary>Real batches are 12 deep. A file of a few kilobytes can claim thousands of levels, and only to break who reads it.</summary>
    public const int MaxDepth = 32;

    private const int Indefinite = -1;

    /// <summary>Walks through the whole file once, without recursion.</summary>
    /// <returns>The first fault, or null.</returns>
    public static BerFault? Check(ReadOnlySpan<byte> file)
    {
        Span<int> ends = stackalloc int[MaxDepth];
        Span<int> limits = stackalloc int[MaxDepth];
        var (depth, at) = (0, 0);
        while (true)
        {
            while (depth > 0 && ends[depth - 1] == at) depth--;
            if (depth == 0 && at > 0) return Padding(file, at);
            var limit = depth == 0 ? file.Length : limits[depth - 1];
            if (at == limit)
                return limit == file.Length
                    ? Cut(at, "the file ends where an element or an end marker has to follow")
                    : Bad(at, "an element that is to end with a marker has none");

            var rest = file[at..limit];
            if (depth > 0 && ends[depth - 1] == Indefinite && rest.StartsWith("\0\0"u8))
            {
                depth--;
                at += 2;
                continue;
            }
            if (!Asn1Tag.TryDecode(rest, out var tag, out var tagBytes) || tag == default) return NoElement(rest, at, limit == file.Length);
            if (!AsnDecoder.TryDecodeLength(rest[tagBytes..], AsnEncodingRules.BER, out var length, out var lengthBytes))
                return limit == file.Length && Missing(rest[tagBytes..]) ? Cut(at, "the file ends inside the length of an element") : Bad(at, "the length of an element can't be read, or is more than 2 GiB");
            var start = at + tagBytes + lengthBytes;
            // What is claimed is only ever compared with the bytes that are there.
            if (length is { } claimed && claimed > limit - start)
                return limit == file.Length
                    ? Cut(at, string.Create(CultureInfo.InvariantCulture, $"an element claims {claimed} bytes, of which {limit - start} are there"))
                    : Bad(at, string.Create(CultureInfo.InvariantCulture, $"an element claims {claimed} bytes, and the one around it ends after {limit - start}"));
            if (!tag.IsConstructed)
            {
                if (length is null) return Bad(at, "a value without parts has no length");
                at = start + length.Value;
                continue;
            }
            if (depth == MaxDepth) return Bad(at, string.Create(CultureInfo.InvariantCulture, $"elements are nested more than {MaxDepth} deep"));
            ends[depth] = length is null ? Indefinite : start + length.Value;
            limits[depth++] = length is null ? limit : start + length.Value;
            at = start;
        }
    }

    // Systems that store files in blocks fill the last one up.
    private static BerFault? Padding(ReadOnlySpan<byte> file, int at) =>
        file[at..].IndexOfAnyExcept((byte)0) is >= 0 and var other ? Bad(at + other, "something follows the end of the batch") : null;

    private static BerFault NoElement(ReadOnlySpan<byte> rest, int at, bool isAtEnd) =>
        // Half an end marker, or a tag of several bytes of which the last that is there announces another.
        isAtEnd && ((rest.Length == 1 && rest[0] == 0) || ((rest[0] & 0x1F) == 0x1F && rest.Length < 6 && rest[1..].IndexOfAnyInRange((byte)0, (byte)0x7F) < 0))
            ? Cut(at, "the file ends inside the tag of an element or an end marker")
            : Bad(at, "there is no element");

    private static bool Missing(ReadOnlySpan<byte> length) => length.IsEmpty || (length[0] is > 0x80 and < 0x85 && length.Length <= length[0] - 0x80);

    private static BerFault Cut(int at, string reason) => new(at, CdrProblemCode.Truncated, reason + ": it was cut off or damaged");

    private static BerFault Bad(int at, string reason) => new(at, CdrProblemCode.BadStructure, reason + ": it was damaged, or is no file of this kind");
}
