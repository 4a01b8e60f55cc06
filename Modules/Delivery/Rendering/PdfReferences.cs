using System.Buffers;

namespace Billing.Delivery.Rendering;

/// <summary>A reference <c>N 0 R</c> to another object, and where its number stands.</summary>
readonly record struct PdfReference(int Number, int Offset, int DigitCount);

/// <summary>Finds the references in an object: not in its texts, and not in its stream.</summary>
static class PdfReferences
{
    static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \n\r\t()<>[]{}/%"u8);

    public static List<PdfReference> In(ReadOnlySpan<byte> span)
    {
        List<PdfReference> found = [];
        PdfReference? earlier = null, last = null;      // the two numbers before the present word
        for (var at = 0; at < span.Length;)
        {
            var letter = span[at];
            if (letter is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                at++;
                continue;
            }
            if (char.IsAsciiDigit((char)letter))
            {
                var from = at;
                long number = 0;
                for (; at < span.Length && char.IsAsciiDigit((char)span[at]); at++) number = Math.Min(number * 10 + span[at] - '0', int.MaxValue);
                (earlier, last) = (last, new PdfReference((int)number, from, at - from));
                continue;
            }
            if (char.IsAsciiLetter((char)letter))
            {
                var from = at;
                while (at < span.Length && char.IsAsciiLetter((char)span[at])) at++;
                var word = span[from..at];
                if (word.SequenceEqual("stream"u8)) break;
                if (word.SequenceEqual("R"u8) && earlier is { } target && last is { Number: 0 }) found.Add(target);
            }
            else
            {
                at = letter switch
                {
                    (byte)'(' => EndOfText(span, at),
                    (byte)'<' when at + 1 < span.Length && span[at + 1] != (byte)'<' => EndOf(span, at, (byte)'>'),
                    (byte)'<' => at + 2,
                    (byte)'/' => EndOfName(span, at),
                    _ => at + 1,
                };
            }
            earlier = last = null;
        }
        return found;
    }

    static int EndOfText(ReadOnlySpan<byte> span, int at)
    {
        for (var depth = 0; at < span.Length; at++)
        {
            if (span[at] == (byte)'\\') at++;
            else if (span[at] == (byte)'(') depth++;
            else if (span[at] == (byte)')' && --depth == 0) return at + 1;
        }
        throw PdfFile.Broken("a text has no end");
    }

    static int EndOf(ReadOnlySpan<byte> span, int at, byte last)
    {
        var length = span[at..].IndexOf(last);
        return length < 0 ? throw PdfFile.Broken("a text has no end") : at + length + 1;
    }

    static int EndOfName(ReadOnlySpan<byte> span, int at)
    {
        var length = span[(at + 1)..].IndexOfAny(NameEnds);
        return length < 0 ? span.Length : at + 1 + length;
    }
}
