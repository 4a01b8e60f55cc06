using System.Buffers.Binary;
using System.Security.Cryptography;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>
/// What makes a record the same record when it comes again (rule C2). The carrier's own id where it has one; where legs share an id, or there
/// is none, everything that tells two calls apart. Without any id, equal lines of one file are counted, because two
/// identical messages in one second are two messages.
/// </summary>
internal sealed class RecordKeys
{
    private readonly Dictionary<Guid, int> seen = [];
    private byte[] hashed = new byte[512];
    private int length;

    public Guid KeyOf(in CallDetailRecord record, DateTimeOffset startedAt)
    {
        length = 0;
        Append(record.RecordId);
        if (!record.RecordId.IsEmpty && !record.IsRecordIdShared) return Finish(1);

        Span<byte> facts = stackalloc byte[24];
        facts.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(facts, startedAt.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(facts[8..], record.DurationSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(facts[12..], record.Quantity);
        facts[20] = (byte)record.Kind;
        facts[21] = (byte)record.Direction;
        facts[22] = record.IsAnswered ? (byte)1 : (byte)0;
        Append(facts);
        AppendField(record.From.Text);
        AppendField(record.To.Text);
        AppendField(record.Identity);
        var key = Finish(2);
        if (!record.RecordId.IsEmpty) return key;

        seen[key] = seen.TryGetValue(key, out var times) ? times + 1 : 0;
        if (seen[key] == 0) return key;
        length = 0;
        Append(key.ToByteArray());
        AppendNumber(seen[key]);
        return Finish(3);
    }

    // Length first, so that "12" + "3" and "1" + "23" differ.
    private void AppendField(ReadOnlySpan<byte> field)
    {
        AppendNumber(field.Length);
        Append(field);
    }

    private void AppendNumber(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length >= hashed.Length) Array.Resize(ref hashed, Math.Max(hashed.Length * 2, length + bytes.Length + 1));
        bytes.CopyTo(hashed.AsSpan(length));
        length += bytes.Length;
    }

    private Guid Finish(byte kind)
    {
        Append([kind]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hashed.AsSpan(0, length), digest);
        return new Guid(digest[..16]);
    }
}
