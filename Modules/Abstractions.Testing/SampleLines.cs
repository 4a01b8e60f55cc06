namespace Billing.Abstractions.Testing;

/// <summary>Where the lines of a file begin, counted by LF, CRLF and CR, without a thought about quotes.</summary>
sealed class SampleLines
{
    private readonly List<int> starts = [];
    private readonly List<int> ends = [];

    private SampleLines()
    {
    }

    public int Count => starts.Count;

    public static SampleLines Of(ReadOnlySpan<byte> content)
    {
        var lines = new SampleLines();
        var at = content.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < content.Length)
        {
            lines.starts.Add(at);
            var length = content[at..].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
            {
                at = content.Length;
                lines.ends.Add(int.MaxValue);
                break;
            }
            at += length + 1;
            if (content[at - 1] == '\r' && at < content.Length && content[at] == '\n') at++;
            lines.ends.Add(at);
        }
        return lines;
    }

    /// <summary>Offset of a line, counted from 1.</summary>
    public int StartOf(long line) => starts[(int)line - 1];

    /// <summary>How many lines are whole, their ends included, in so many bytes.</summary>
    public int CountWhole(int length) => ends.Count(end => end <= length);
}
