using System.Buffers;
using System.Runtime.CompilerServices;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Walks one delimited file from its first byte to its last: pieces of the file into one reused buffer, an index over each piece, one call of the
/// format a record. Memory does not grow with the file or with its longest line.
/// </summary>
sealed class DelimitedReader : IDisposable
{
    /// <summary>So many lines in a row that are not text are no damaged lines any more: from here on it is no text file.</summary>
    private const int NotTextLimit = 20;

    /// <summary>Of a line that is longer than any record may be, this much goes into the problem.</summary>
    private const int LongLineExcerpt = 1024;

    private readonly DelimitedCdrFormat format;
    private readonly CdrDialect dialect;
    private readonly CdrFile file;
    private readonly ICdrSink sink;
    private readonly LineContext context;
    private readonly FieldIndex index;
    private readonly int capacity;
    private byte[] buffer;
    private int start;
    private int count;
    private bool isAll;
    private bool isAfterCr;
    private bool isDiscarding;
    private bool isStopped;
    private bool isFirst = true;
    private byte[]? heading;
    private long lineNumber = 1;
    private int notTextLines;

    public DelimitedReader(DelimitedCdrFormat format, CdrFile file, ICdrSink sink, int bufferBytes)
    {
        this.format = format;
        this.file = file;
        this.sink = sink;
        dialect = format.Dialect;
        context = new LineContext(file, dialect);
        capacity = (int)Math.Max(bufferBytes, dialect.MaxRecordBytes * 2L + 1024);
        buffer = ArrayPool<byte>.Shared.Rent(capacity);
        capacity = Math.Min(capacity, buffer.Length - FieldIndex.Slack);
        index = new FieldIndex(dialect, capacity);
    }

    public void Dispose()
    {
        index.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    public void Read(Stream content)
    {
        Fill(content);
        if (buffer.AsSpan(0, count).StartsWith("\uFEFF"u8)) start = 3;
        if (CdrText.WhyNotText(buffer.AsSpan(start, count - start)) is { } why)
        {
            Stop(why, buffer.AsSpan(start, Math.Min(count - start, 64)));
            return;
        }
        foreach (var line in file.Earlier) Resume(line);

        while (true)
        {
            if (isDiscarding) Discard();
            SkipLfAfterCr();
            if (start < count)
            {
                index.Build(buffer, start, count);
                if (index.IsRegular) WalkLines();
                // What is left is the beginning of a line, unless something is wrong with it.
                if (!isStopped && (!index.IsRegular || isAll || count - start > dialect.MaxRecordBytes)) WalkCarefully();
            }
            if (isStopped) return;
            if (isAll) break;
            Fill(content);
        }
        if (file.HasJoiner) file.Joiner.ReportLeftovers(sink);
    }

    /// <summary>Lets a line of an earlier file wait as it did there. It belongs to that file's count of lines, not to this one's.</summary>
    private void Resume(CdrEarlierLine earlier)
    {
        if (earlier.Raw.Length > dialect.MaxRecordBytes) return;
        var room = new byte[earlier.Raw.Length + FieldIndex.Slack];
        earlier.Raw.Span.CopyTo(room);
        var outcome = index.ScanRecord(room.AsSpan(0, earlier.Raw.Length), 0, isAll: true, dialect, out var fields, out _, out _);
        if (outcome is not (FieldIndex.Outcome.Complete or FieldIndex.Outcome.Unterminated)) return;
        context.NextLine();
        var ends = index.Ends[..fields];
        var line = new CdrLine(room, 0, context.Columns is null ? ends : ends[^1..], mayHaveDoubledQuotes: true, -earlier.Token, 0, context);
        var call = CallDetailRecord.Voice();
        var meaning = format.Interpret(ref line, ref call);
        if (!file.HasJoiner || !file.Joiner.TryTakeCurrent(out var group)) return;
        // Whole without anything of this file: it stays where it is, for nothing of this file could stand for it.
        if (meaning == CdrLineMeaning.Record) file.Joiner.Forget(group);
        else if (meaning != CdrLineMeaning.Held) file.Joiner.TakeBack(group);
    }

    private void Fill(Stream content)
    {
        buffer.AsSpan(start, count - start).CopyTo(buffer);
        count -= start;
        start = 0;
        // A full buffer, however slowly it comes: what is read can then not depend on the stream's pace.
        var read = content.ReadAtLeast(buffer.AsSpan(count, capacity - count), capacity - count, throwOnEndOfStream: false);
        count += read;
        isAll = count < capacity;
    }

    /// <summary>The fast way: the index is right, and says where each line and field ends.</summary>
    private void WalkLines()
    {
        var ends = index.Ends;
        var first = 0;
        foreach (var last in index.Lines)
        {
            var end = ends[last - 1];
            var lines = 1;
            if (index.HasQuotedLineEnds) lines = CountLines(buffer.AsSpan(start, end - start));
            if (end - start > dialect.MaxRecordBytes || lines > dialect.MaxRecordLines)
            {
                WalkCarefully();
                return;
            }
            Line(end, ends[first..last], lines, isUnterminated: false);
            if (isStopped) return;
            first = last;
            // The LF of CRLF belongs to the line before.
            start = end + 1;
            if (buffer[end] == '\r') SkipLf();
            lineNumber += lines;
        }
    }

    /// <summary>The slow way, one record at a time, for pieces where a quote is out of place or a record out of bounds.</summary>
    private void WalkCarefully()
    {
        while (start < count && !isStopped)
        {
            var outcome = index.ScanRecord(buffer.AsSpan(0, count), start, isAll, dialect, out var fields, out var end, out var lines);
            switch (outcome)
            {
                case FieldIndex.Outcome.Complete or FieldIndex.Outcome.Unterminated:
                    var isUnterminated = outcome == FieldIndex.Outcome.Unterminated;
                    Line(end, index.Ends[..fields], lines, isUnterminated);
                    lineNumber += lines;
                    start = end;
                    if (!isUnterminated) EndLine();
                    break;
                case FieldIndex.Outcome.NeedsMore:
                    return;
                case FieldIndex.Outcome.BadQuote:
                    // Only the line on which the record began pays for it: the ones that the quote would swallow are read on their own.
                    var length = buffer.AsSpan(start, count - start).IndexOfAny((byte)'\n', (byte)'\r');
                    var raw = buffer.AsSpan(start, length < 0 ? count - start : length);
                    if (length < 0 && !isAll && raw.Length <= dialect.MaxRecordBytes) return;
                    if (raw.Length > dialect.MaxRecordBytes) goto case FieldIndex.Outcome.TooLong;
                    isFirst = false;
                    if (length < 0) Problem(CdrProblemCode.Truncated, "The file was cut off inside a quoted field of its last line.", raw);
                    else Problem(CdrProblemCode.OpenQuote, "A quotation mark is not closed on this line, or stands inside a quoted field without being doubled.", raw);
                    start += raw.Length;
                    lineNumber++;
                    if (length >= 0) EndLine();
                    break;
                case FieldIndex.Outcome.TooLong:
                    // So much of it is certainly there, and has no line end in it.
                    var beginning = buffer.AsSpan(start, Math.Min(dialect.MaxRecordBytes, LongLineExcerpt));
                    isFirst = false;
                    if (beginning.Contains((byte)0)) NotText(beginning);
                    else Problem(CdrProblemCode.LineTooLong, $"The line is longer than the {dialect.MaxRecordBytes} bytes that a record may have.", beginning);
                    lineNumber++;
                    isDiscarding = true;
                    Discard();
                    break;
            }
        }
    }

    private void Line(int end, ReadOnlySpan<int> ends, int lines, bool isUnterminated)
    {
        var raw = buffer.AsSpan(start, end - start);
        if (raw.IsEmpty || raw[0] <= ' ' || raw[0] == dialect.Delimiter || index.HasNul || isFirst)
        {
            if (IsNoRecord(raw, lines)) return;
        }
        var wasFirst = isFirst;
        isFirst = false;
        context.NextLine();
        var line = new CdrLine(buffer, start, context.Columns is null ? ends : ends[^1..], index.HasDoubledQuotes || !index.IsRegular, lineNumber, lines, context);
        var call = default(CallDetailRecord);
        call.IsAnswered = true;
        call.Quantity = 1;
        var meaning = format.Interpret(ref line, ref call);
        if (meaning == CdrLineMeaning.Record && !(file.HasJoiner && file.Joiner.HasCurrent))
        {
            notTextLines = 0;
            call.LineNumber = lineNumber;
            call.LineCount = lines;
            sink.Record(in call, raw);
        }
        else if (TryJoin(meaning, ref call)) notTextLines = 0;
        else Other(meaning, ref line, raw, wasFirst, isUnterminated);
    }

    /// <summary>What needs no format to judge: blank lines, bytes that are no text, a heading that is always there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsNoRecord(ReadOnlySpan<byte> raw, int lines)
    {
        if (IsBlank(raw))
        {
            sink.Skip(lineNumber, CdrStructure.Blank);
            return true;
        }
        if (index.HasNul && raw.Contains((byte)0))
        {
            isFirst = false;
            NotText(raw, lines);
            return true;
        }
        if (!isFirst || dialect.Heading != CdrHeading.Always) return false;
        isFirst = false;
        Heading(raw);
        return true;
    }

    /// <summary>Handles a line that went through the joiner; true when that is all there is to do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryJoin(CdrLineMeaning meaning, ref CallDetailRecord call)
    {
        CdrJoiner.Group? group = null;
        if (!file.HasJoiner || !file.Joiner.TryTakeCurrent(out group))
        {
            if (meaning == CdrLineMeaning.Held)
                throw new InvalidOperationException($"{format.Info.Id} held line {lineNumber} without joining it: the line would be lost.");
            return false;
        }
        switch (meaning)
        {
            case CdrLineMeaning.Record:
                file.Joiner.Forget(group);
                call.LineNumber = group.Lines.First(part => !part.IsEarlier).LineNumber;
                call.LineCount = group.Lines.Sum(part => part.LineCount);
                call.Earlier = group.Earlier;
                sink.Record(in call, file.Joiner.RawOf(group));
                return true;
            case CdrLineMeaning.Held:
                file.Joiner.ReportOverflow(sink);
                return true;
            default:
                file.Joiner.TakeBack(group);
                return false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Other(CdrLineMeaning meaning, ref CdrLine line, ReadOnlySpan<byte> raw, bool wasFirst, bool isUnterminated)
    {
        switch (meaning)
        {
            case CdrLineMeaning.Heading: Heading(raw); return;
            case CdrLineMeaning.Trailer: SkipAll(CdrStructure.Trailer, line.LineCount); return;
            case CdrLineMeaning.Comment: SkipAll(CdrStructure.Comment, line.LineCount); return;
            case CdrLineMeaning.Blank: SkipAll(CdrStructure.Blank, line.LineCount); return;
        }
        if (heading is not null && raw.SequenceEqual(heading)) Heading(raw);
        else if (wasFirst && dialect.Heading == CdrHeading.Detect && line.LooksLikeNames()) Heading(raw);
        else if (isUnterminated)
            Problem(CdrProblemCode.Truncated, $"The last line has no end and is no whole record, so the file was cut off here. {line.ProblemMessage}", raw, line.LineCount, line.ProblemField);
        else Problem(line.ProblemCode, line.ProblemMessage, raw, line.LineCount, line.ProblemField);
    }

    private void SkipAll(CdrStructure structure, int lines)
    {
        for (var i = 0; i < lines; i++) sink.Skip(lineNumber + i, structure);
    }

    // Files that were put together from several repeat their heading; equal bytes are the same heading again.
    private void Heading(ReadOnlySpan<byte> raw)
    {
        if (heading is null)
        {
            heading = raw.ToArray();
            if (dialect.FieldNames.Count == 0) context.Names = NamesIn(heading);
        }
        SkipAll(CdrStructure.Heading, CountLines(raw));
    }

    private List<string> NamesIn(byte[] line)
    {
        // An index of its own: the other one is in the middle of its work.
        using var names = new FieldIndex(dialect, line.Length + FieldIndex.Slack);
        var room = new byte[line.Length + FieldIndex.Slack];
        line.CopyTo(room, 0);
        var found = new List<string>();
        if (names.ScanRecord(room.AsSpan(0, line.Length), 0, isAll: true, dialect, out var fields, out _, out _) is not (FieldIndex.Outcome.Complete or FieldIndex.Outcome.Unterminated)) return found;
        var cut = new CdrLine(room, 0, names.Ends[..fields], mayHaveDoubledQuotes: true, lineNumber, 1, context);
        for (var field = 1; field <= fields; field++) found.Add(CdrText.Excerpt(cut.Text(field), 40));
        return found;
    }

    private void NotText(ReadOnlySpan<byte> raw, int lines = 1)
    {
        if (++notTextLines >= NotTextLimit) Stop("From here on the file is not text: it was damaged, or is not a CDR file at all.", raw);
        else Problem(CdrProblemCode.NotText, "The line holds bytes that no text has.", raw, lines);
    }

    private void Stop(string why, ReadOnlySpan<byte> raw)
    {
        if (file.HasJoiner) file.Joiner.ReportLeftovers(sink);
        sink.Problem(new CdrProblem(lineNumber, CdrProblemCode.NotText, "", why, raw) { EndsReading = true });
        isStopped = true;
    }

    private void Problem(string code, string message, ReadOnlySpan<byte> raw, int lines = 1, string field = "") =>
        sink.Problem(new CdrProblem(lineNumber, code, field, message, raw) { LineCount = lines });

    private bool IsBlank(ReadOnlySpan<byte> raw)
    {
        // A spreadsheet writes an empty row as delimiters only; 0x1A ended text files under DOS.
        foreach (var c in raw)
            if (c is not ((byte)' ' or (byte)'\t' or 0x1A) && c != dialect.Delimiter) return false;
        return true;
    }

    private void Discard()
    {
        var length = buffer.AsSpan(start, count - start).IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0)
        {
            start = count;
            return;
        }
        isDiscarding = false;
        start += length;
        EndLine();
    }

    private void EndLine()
    {
        var isCr = buffer[start++] == '\r';
        if (isCr) SkipLf();
    }

    private void SkipLf()
    {
        if (start < count)
        {
            if (buffer[start] == '\n') start++;
        }
        else isAfterCr = true;
    }

    private void SkipLfAfterCr()
    {
        if (isAfterCr && start < count && buffer[start] == '\n') start++;
        isAfterCr = false;
    }

    private static int CountLines(ReadOnlySpan<byte> raw)
    {
        var lines = 1;
        while (true)
        {
            var next = raw.IndexOfAny((byte)'\n', (byte)'\r');
            if (next < 0) return lines;
            lines++;
            var isCrLf = raw[next] == '\r' && next + 1 < raw.Length && raw[next + 1] == '\n';
            raw = raw[(next + (isCrLf ? 2 : 1))..];
        }
    }
}
