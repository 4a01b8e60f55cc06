using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Where the fields and lines of a piece of a file end. <see cref="Build"/> finds them 64 bytes a step, without a branch per byte, and says whether
/// every quote stands where quotes belong; where one does not, <see cref="ScanRecord"/> goes over the piece byte by byte and finds out what is wrong.
/// </summary>
sealed class FieldIndex : IDisposable
{
    /// <summary>The buffer must be readable this far past the end that <see cref="Build"/> is given.</summary>
    public const int Slack = 64;

    public enum Outcome
    {
        /// <summary>The record ends at a line end.</summary>
        Complete,

        /// <summary>The record ends with the file.</summary>
        Unterminated,

        /// <summary>More bytes are needed to tell.</summary>
        NeedsMore,

        /// <summary>A quote is not closed, or closed in the middle of a field.</summary>
        BadQuote,

        /// <summary>It goes on for longer than a record may.</summary>
        TooLong,
    }

    private readonly byte delimiter;
    private readonly byte quote;
    private readonly bool hasQuotes;
    private int[] ends;
    private int[] lines;

    public FieldIndex(CdrDialect dialect, int capacity)
    {
        delimiter = (byte)dialect.Delimiter;
        hasQuotes = dialect.Quote != '\0';
        // A byte that is no delimiter, so that "is it a quote" needs no second question where there are none.
        quote = hasQuotes ? (byte)dialect.Quote : (byte)0xFF;
        ends = ArrayPool<int>.Shared.Rent(capacity + 1);
        lines = ArrayPool<int>.Shared.Rent(capacity + 1);
    }

    /// <summary>Position of each field's end (a delimiter or a line end), outside quotes.</summary>
    public ReadOnlySpan<int> Ends => ends;

    /// <summary>For each line: how many entries of <see cref="Ends"/> there are up to its end.</summary>
    public ReadOnlySpan<int> Lines => lines.AsSpan(0, LineCount);

    public int LineCount { get; private set; }

    public bool IsRegular { get; private set; }

    public bool HasDoubledQuotes { get; private set; }

    public bool HasQuotedLineEnds { get; private set; }

    public bool HasNul { get; private set; }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<int>.Shared.Return(lines);
        ends = lines = [];
    }

    /// <summary>Indexes <paramref name="buffer"/> from a line's start up to <paramref name="to"/>.</summary>
    public void Build(byte[] buffer, int from, int to)
    {
        var endCount = 0;
        var lineCount = 0;
        // What the block before this one handed on, each as one bit or as all of them.
        ulong inQuotes = 0, afterCr = 0, afterCloser = 0, afterSpecial = 1;
        ulong irregular = 0, doubled = 0, quotedLineEnds = 0, nuls = 0;
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref var endAt = ref MemoryMarshal.GetArrayDataReference(ends);
        ref var lineAt = ref MemoryMarshal.GetArrayDataReference(lines);

        for (var at = from; at < to; at += 64)
        {
            Find(ref Unsafe.Add(ref bytes, at), out var delimiters, out var quotes, out var lf, out var cr, out var nul);
            if (to - at < 64)
            {
                var valid = (1UL << (to - at)) - 1;
                delimiters &= valid;
                quotes &= valid;
                lf &= valid;
                cr &= valid;
                nul &= valid;
            }
            nuls |= nul;
            // A line ends at LF, at CR, and at the CR of CRLF: the LF after it belongs to nobody.
            var lineEnds = cr | (lf & ~((cr << 1) | afterCr));
            afterCr = cr >> 63;

            if ((quotes | inQuotes | afterCloser) != 0)
            {
                var inside = PrefixXor(quotes) ^ inQuotes;
                inQuotes = (ulong)((long)inside >> 63);
                var special = delimiters | quotes | lf | cr;
                var closers = quotes & ~inside;
                var afterClosers = (closers << 1) | afterCloser;
                afterCloser = closers >> 63;
                // An opening quote stands at a field's start, a closing one at its end; between two doubled halves both are true of each other.
                irregular |= (quotes & inside & ~((special << 1) | afterSpecial)) | (afterClosers & ~special & Valid(to - at));
                doubled |= afterClosers & quotes;
                quotedLineEnds |= (lf | cr) & inside;
                afterSpecial = special >> 63;
                delimiters &= ~inside;
                lineEnds &= ~inside;
            }
            else afterSpecial = (delimiters | lf | cr) >> 63;

            var structure = delimiters | lineEnds;
            var before = endCount;
            endCount += BitOperations.PopCount(structure);
            ref var write = ref Unsafe.Add(ref endAt, before);
            for (var rest = structure; rest != 0; rest &= rest - 1)
            {
                write = at + BitOperations.TrailingZeroCount(rest);
                write = ref Unsafe.Add(ref write, 1);
            }
            for (; lineEnds != 0; lineEnds &= lineEnds - 1)
                Unsafe.Add(ref lineAt, lineCount++) = before + BitOperations.PopCount(structure & (lineEnds ^ (lineEnds - 1)));
        }
        LineCount = lineCount;
        IsRegular = irregular == 0;
        HasDoubledQuotes = doubled != 0;
        HasQuotedLineEnds = quotedLineEnds != 0;
        HasNul = nuls != 0;
    }

    /// <summary>
    /// Finds the end of one record with the same rules, byte by byte, forgiving spaces round a quoted field. The fields' ends go to the start of
    /// <see cref="Ends"/>.
    /// </summary>
    public Outcome ScanRecord(ReadOnlySpan<byte> buffer, int from, bool isAll, CdrDialect dialect, out int fields, out int end, out int lineCount)
    {
        fields = 0;
        lineCount = 1;
        var limit = Math.Min((long)from + dialect.MaxRecordBytes, int.MaxValue);
        var at = from;
        end = from;
        while (true)
        {
            // At the start of a field.
            var content = at;
            while (content < buffer.Length && buffer[content] == ' ' && delimiter != ' ') content++;
            if (hasQuotes && content < buffer.Length && buffer[content] == quote)
            {
                at = content + 1;
                while (true)
                {
                    if (at > limit) return lineCount > 1 ? Outcome.BadQuote : Outcome.TooLong;
                    if (at >= buffer.Length) return isAll ? Outcome.BadQuote : Outcome.NeedsMore;
                    var c = buffer[at++];
                    if (c == quote)
                    {
                        if (at >= buffer.Length && !isAll) return Outcome.NeedsMore;
                        if (at >= buffer.Length || buffer[at] != quote) break;
                        at++;
                    }
                    else if (c == '\n' || c == '\r')
                    {
                        if (c == '\r' && at >= buffer.Length && !isAll) return Outcome.NeedsMore;
                        if (c == '\r' && at < buffer.Length && buffer[at] == '\n') at++;
                        if (++lineCount > dialect.MaxRecordLines) return Outcome.BadQuote;
                    }
                }
                while (at < buffer.Length && buffer[at] == ' ' && delimiter != ' ') at++;
                if (at < buffer.Length && buffer[at] != delimiter && buffer[at] is not ((byte)'\n' or (byte)'\r')) return Outcome.BadQuote;
            }
            else
            {
                var length = buffer[at..].IndexOfAny(delimiter, (byte)'\n', (byte)'\r');
                at = length < 0 ? buffer.Length : at + length;
            }

            if (at > limit) return lineCount > 1 ? Outcome.BadQuote : Outcome.TooLong;
            if (at >= buffer.Length && !isAll) return Outcome.NeedsMore;
            ends[fields++] = at;
            end = at;
            if (at >= buffer.Length) return Outcome.Unterminated;
            if (buffer[at] != delimiter) return Outcome.Complete;
            at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Valid(int bytes) => bytes >= 64 ? ulong.MaxValue : (1UL << bytes) - 1;

    /// <summary>Bit n of the result is the parity of bits 0 to n: set from an opening quote up to just before its closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Find(ref byte block, out ulong delimiters, out ulong quotes, out ulong lf, out ulong cr, out ulong nul)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var v = Vector512.LoadUnsafe(ref block);
            delimiters = Vector512.Equals(v, Vector512.Create(delimiter)).ExtractMostSignificantBits();
            quotes = Vector512.Equals(v, Vector512.Create(quote)).ExtractMostSignificantBits();
            lf = Vector512.Equals(v, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
            cr = Vector512.Equals(v, Vector512.Create((byte)'\r')).ExtractMostSignificantBits();
            nul = Vector512.Equals(v, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var a = Vector256.LoadUnsafe(ref block);
            var b = Vector256.LoadUnsafe(ref block, 32);
            delimiters = Bits(a, b, delimiter);
            quotes = Bits(a, b, quote);
            lf = Bits(a, b, (byte)'\n');
            cr = Bits(a, b, (byte)'\r');
            nul = Bits(a, b, 0);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            var a = Vector128.LoadUnsafe(ref block);
            var b = Vector128.LoadUnsafe(ref block, 16);
            var c = Vector128.LoadUnsafe(ref block, 32);
            var d = Vector128.LoadUnsafe(ref block, 48);
            delimiters = Bits(a, b, c, d, delimiter);
            quotes = Bits(a, b, c, d, quote);
            lf = Bits(a, b, c, d, (byte)'\n');
            cr = Bits(a, b, c, d, (byte)'\r');
            nul = Bits(a, b, c, d, 0);
        }
        else FindPortably(ref block, out delimiters, out quotes, out lf, out cr, out nul);
        if (!hasQuotes) quotes = 0;
    }

    internal void FindPortably(ref byte block, out ulong delimiters, out ulong quotes, out ulong lf, out ulong cr, out ulong nul)
    {
        delimiters = quotes = lf = cr = nul = 0;
        for (var i = 0; i < 64; i++)
        {
            var c = Unsafe.Add(ref block, i);
            var bit = 1UL << i;
            if (c == delimiter) delimiters |= bit;
            else if (c == quote) quotes |= bit;
            else if (c == '\n') lf |= bit;
            else if (c == '\r') cr |= bit;
            else if (c == 0) nul |= bit;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> a, Vector256<byte> b, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(a, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(b, wanted).ExtractMostSignificantBits() << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d, byte value)
    {
        var wanted = Vector128.Create(value);
        return Vector128.Equals(a, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector128.Equals(b, wanted).ExtractMostSignificantBits() << 16)
            | ((ulong)Vector128.Equals(c, wanted).ExtractMostSignificantBits() << 32)
            | ((ulong)Vector128.Equals(d, wanted).ExtractMostSignificantBits() << 48);
    }
}
