using System.Diagnostics.CodeAnalysis;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Joins calls that arrive in several lines: parts of a long call, legs, the start and the end of a session. Lines wait here under a key until
/// the format says that their call is whole. What is still waiting when the file ends is reported line by line as
/// <see cref="CdrProblemCode.Incomplete"/>, so that nothing is lost.
/// </summary>
/// <remarks>
/// <para>In a <see cref="DelimitedCdrFormat"/> use <see cref="CdrLine.Join"/>, and the base class does the rest. Other formats call
/// <see cref="Add"/>, <see cref="Complete"/> and at the end <see cref="ReportLeftovers"/> themselves.</para>
/// <para>The order of arrival is free: an end may come before its start. A joiner is bounded: past its limits the call that has waited longest is
/// given up and reported as incomplete, so a file of nothing but starts can't fill the memory.</para>
/// <para>A waiting line is its key, its bytes and where it stood (<see cref="Waiting"/>), and nothing else. That is all that is needed to let it wait for
/// the next file: whoever reads that file adds it again under the same key.</para>
/// </remarks>
public sealed class CdrJoiner
{
    /// <summary>
    /// Most lines of one call. Formats look through all of a call's lines each time one comes, so that a file of nothing but parts of one call would keep them busy for hours.
    /// </summary>
    internal const int MaxLinesOfCall = 256;

    private readonly Dictionary<byte[], Group> groups = new(ByteKey.Comparer);
    private readonly Dictionary<byte[], Group>.AlternateLookup<ReadOnlySpan<byte>> byKey;
    private readonly LinkedList<Group> oldestFirst = new();
    private readonly int maxLines;
    private readonly long maxBytes;
    private byte[] key = new byte[256];
    private byte[] raw = [];
    private long waitingBytes;
    private Group? current;
    private Group? overlong;

    /// <summary>Makes a joiner; a <see cref="CdrFile"/> already has one.</summary>
    /// <param name="maxLines">Most lines that wait at once.</param>
    /// <param name="maxBytes">Most bytes of lines that wait at once.</param>
    public CdrJoiner(int maxLines = 200_000, long maxBytes = 128L << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLines, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
        byKey = groups.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>How many lines wait.</summary>
    public int WaitingLines { get; private set; }

    /// <summary>The lines that wait, in the order of their numbers.</summary>
    public IReadOnlyList<CdrWaitingLine> Waiting => [.. oldestFirst.SelectMany(group => group.Lines).OrderBy(line => line.LineNumber)];

    /// <summary>Lets a line wait under a key, and gives all that wait under it, this one last. Copies both.</summary>
    /// <param name="key">What all lines of one call have in common.</param>
    /// <param name="raw">The line's bytes.</param>
    /// <param name="lineNumber">Where it stood, counted from 1.</param>
    /// <param name="lineCount">How many lines of the file it covers.</param>
    public CdrParts Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw, long lineNumber, int lineCount = 1) =>
        new(Wait(key, raw, lineNumber, lineCount, null), null);

    /// <summary>Ends a call: its lines wait no longer.</summary>
    public void Complete(scoped in CdrParts parts) => Forget(parts.Group);

    /// <summary>Gives up calls that have waited longest until the limits hold again. To be called after each <see cref="Add"/>.</summary>
    public void ReportOverflow(ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (overlong is { } call)
        {
            overlong = null;
            Forget(call);
            foreach (var line in call.Lines) Report(line, sink, "more lines came than one call may have, and none of them made it whole");
        }
        while ((WaitingLines > maxLines || waitingBytes > maxBytes) && oldestFirst.First is { } oldest)
        {
            Forget(oldest.Value);
            foreach (var line in oldest.Value.Lines) Report(line, sink, "too many calls wait for their other parts, and this one has waited longest");
        }
    }

    /// <summary>Reports every line that still waits as <see cref="CdrProblemCode.Incomplete"/>, in file order.</summary>
    public void ReportLeftovers(ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        foreach (var line in Waiting) Report(line, sink, "the other parts of this call are not in the file");
        groups.Clear();
        oldestFirst.Clear();
        (WaitingLines, waitingBytes) = (0, 0);
    }

    internal CdrParts AddLine(scoped ref CdrLine line, scoped ReadOnlySpan<int> keyFields, LineContext context)
    {
        var length = 0;
        foreach (var field in keyFields)
        {
            var text = line.Text(field);
            if (key.Length < length + text.Length + 1) Array.Resize(ref key, Math.Max(key.Length * 2, length + text.Length + 1));
            text.CopyTo(key.AsSpan(length));
            length += text.Length;
            key[length++] = (byte)'\n';
        }
        var ends = line.Ends.ToArray();
        for (var i = 0; i < ends.Length; i++) ends[i] -= line.Start;
        current = Wait(key.AsSpan(0, length), line.Raw, line.Number, line.LineCount, ends);
        return new(current, context);
    }

    internal bool HasCurrent => current is not null;

    /// <summary>Whether the line read last went through the joiner; asked once a line.</summary>
    internal bool TryTakeCurrent([NotNullWhen(true)] out Group? group)
    {
        group = current;
        current = null;
        return group is not null;
    }

    internal void Forget(Group group)
    {
        if (overlong == group) overlong = null;
        if (!groups.Remove(group.Key)) return;
        oldestFirst.Remove(group.Node!);
        WaitingLines -= group.Lines.Count;
        foreach (var line in group.Lines) waitingBytes -= line.Raw.Length;
    }

    /// <summary>The line just added turned out to be something else.</summary>
    internal void TakeBack(Group group)
    {
        if (group.Lines.Count == 1)
        {
            Forget(group);
            return;
        }
        if (overlong == group) overlong = null;
        waitingBytes -= group.Lines[^1].Raw.Length;
        WaitingLines--;
        group.Lines.RemoveAt(group.Lines.Count - 1);
        group.Ends.RemoveAt(group.Ends.Count - 1);
    }

    /// <summary>All lines of a call, LF between them; valid until the next call.</summary>
    internal ReadOnlySpan<byte> RawOf(Group group)
    {
        var length = group.Lines.Sum(line => line.Raw.Length + 1) - 1;
        if (raw.Length < length) raw = new byte[Math.Max(length, 4096)];
        var at = 0;
        foreach (var line in group.Lines)
        {
            if (at > 0) raw[at++] = (byte)'\n';
            line.Raw.Span.CopyTo(raw.AsSpan(at));
            at += line.Raw.Length;
        }
        return raw.AsSpan(0, length);
    }

    private Group Wait(ReadOnlySpan<byte> under, ReadOnlySpan<byte> bytes, long lineNumber, int lineCount, int[]? ends)
    {
        if (!byKey.TryGetValue(under, out var group))
        {
            group = new Group(under.ToArray());
            group.Node = oldestFirst.AddLast(group);
            groups.Add(group.Key, group);
        }
        group.Lines.Add(new CdrWaitingLine(group.Key, bytes.ToArray(), lineNumber, lineCount));
        group.Ends.Add(ends ?? []);
        WaitingLines++;
        waitingBytes += bytes.Length;
        if (group.Lines.Count >= MaxLinesOfCall) overlong = group;
        return group;
    }

    private static void Report(CdrWaitingLine line, ICdrSink sink, string why)
    {
        // What an earlier file left is reported there.
        if (line.IsEarlier) return;
        sink.Problem(new CdrProblem(line.LineNumber, CdrProblemCode.Incomplete, "", $"Part of a call only: {why}.", line.Raw.Span) { LineCount = line.LineCount });
    }

    internal sealed class Group(byte[] key)
    {
        public byte[] Key { get; } = key;

        public List<CdrWaitingLine> Lines { get; } = [];

        public List<int[]> Ends { get; } = [];

        public LinkedListNode<Group>? Node { get; set; }

        /// <summary>Tokens of the lines that are an earlier file's.</summary>
        public long[] Earlier => Lines.Exists(line => line.IsEarlier) ? [.. Lines.Where(line => line.IsEarlier).Select(line => -line.LineNumber)] : [];
    }

    private sealed class ByteKey : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static ByteKey Comparer { get; } = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());
    }
}
