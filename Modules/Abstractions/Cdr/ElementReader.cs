using System.Buffers;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Walks one file of elements from its first byte to its last, through a buffer that grows to its longest element and no further. What an element is,
/// <see cref="Next"/> knows.
/// </summary>
abstract class ElementReader(ElementCdrFormat format, CdrFile file, ICdrSink sink) : IDisposable
{
    private const int Excerpt = 1024;

    private readonly ElementIndex index = new();
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(format.BufferBytes);
    private int start;
    private int count;
    private bool isAll;
    private bool isStopped;
    private long number = 1;

    /// <summary>What has been read and not yet used.</summary>
    protected ReadOnlySpan<byte> Rest => buffer.AsSpan(start, count - start);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    public void Read(Stream content)
    {
        Fill(content);
        if (Rest.StartsWith("\uFEFF"u8)) start = 3;
        if (CdrText.WhyNotText(Rest) is { } why)
        {
            Stop(CdrProblemCode.NotText, why);
            return;
        }
        while (!isStopped)
        {
            if (Next()) continue;
            if (isAll)
            {
                End();
                return;
            }
            if (count - start >= format.Elements.MaxBytes)
            {
                Stop(CdrProblemCode.LineTooLong, $"Element {number} is longer than the {format.Elements.MaxBytes} bytes that one may have, so where it ends can't be told.");
                return;
            }
            Fill(content);
        }
    }

    /// <summary>Does one step: an element, or something round it. False when more bytes are needed for it.</summary>
    protected abstract bool Next();

    /// <summary>Everything has been read; what is in <see cref="Rest"/> is no whole step.</summary>
    protected abstract void End();

    /// <summary>Puts an element's names and values into the index.</summary>
    /// <returns>Why it can't be read, or null.</returns>
    protected abstract string? Parse(ReadOnlySpan<byte> element, ElementIndex into);

    /// <summary>So many bytes are done with.</summary>
    protected void Use(int bytes) => start += bytes;

    /// <summary>Hands the format the element of so many bytes.</summary>
    protected void Element(int bytes)
    {
        var raw = buffer.AsSpan(start, bytes);
        index.Clear();
        if (Parse(raw, index) is { } why) Problem(CdrProblemCode.BadStructure, why, bytes);
        else
        {
            var element = new CdrElement(index, raw, number, file);
            var call = CallDetailRecord.Voice();
            var meaning = format.Interpret(ref element, ref call);
            switch (meaning)
            {
                case CdrLineMeaning.Record:
                    call.LineNumber = number;
                    sink.Record(in call, raw);
                    break;
                case CdrLineMeaning.Heading: sink.Skip(number, CdrStructure.Heading); break;
                case CdrLineMeaning.Trailer: sink.Skip(number, CdrStructure.Trailer); break;
                case CdrLineMeaning.Comment or CdrLineMeaning.Blank: sink.Skip(number, CdrStructure.Comment); break;
                default:
                    sink.Problem(new CdrProblem(number, element.ProblemCode, element.ProblemField, element.ProblemMessage, raw));
                    break;
            }
            number++;
            start += bytes;
        }
    }

    /// <summary>Counts what stands round the elements.</summary>
    protected void Skip(CdrStructure structure) => sink.Skip(number++, structure);

    /// <summary>Reports so many bytes as something that can't be read, and goes on after them.</summary>
    protected void Problem(string code, string message, int bytes)
    {
        sink.Problem(new CdrProblem(number++, code, "", message, buffer.AsSpan(start, Math.Min(bytes, Excerpt))));
        start += bytes;
    }

    /// <summary>Reports that the file can't be read from here on.</summary>
    protected void Stop(string code, string message)
    {
        sink.Problem(new CdrProblem(number, code, "", message, buffer.AsSpan(start, Math.Min(count - start, Excerpt))) { EndsReading = true });
        isStopped = true;
    }

    private void Fill(Stream content)
    {
        if (start == 0 && count == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(start, count - start).CopyTo(buffer);
            count -= start;
            start = 0;
        }
        // A full buffer, however slowly it comes: what is read can then not depend on the stream's pace.
        var room = buffer.AsSpan(count);
        var read = content.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        count += read;
        isAll = read < room.Length;
    }
}
