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

    public Guid KeyOf(in CallDetailRecord record, DateTimeOffset startedAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(record.RecordId);
        if (!record.RecordId.IsEmpty && !record.IsRecordIdShared) return Finish(hash, 1);

        Span<byte> facts = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(facts, startedAt.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(facts[8..], record.DurationSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(facts[12..], record.Quantity);
        facts[20] = (byte)record.Kind;
        facts[21] = (byte)record.Direction;
        facts[22] = record.IsAnswered ? (byte)1 : (byte)0;
        hash.AppendData(facts);
        Append(hash, record.From.Text);
        Append(hash, record.To.Text);
        Append(hash, record.Identity);
        var key = Finish(hash, 2);
        if (!record.RecordId.IsEmpty) return key;

        seen[key] = seen.TryGetValue(key, out var times) ? times + 1 : 0;
        if (seen[key] == 0) return key;
        using var again = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        again.AppendData(key.ToByteArray());
        again.AppendData(BitConverter.GetBytes(seen[key]));
        return Finish(again, 3);
    }

    // Length first, so that "12" + "3" and "1" + "23" differ.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }

    private static Guid Finish(IncrementalHash hash, byte kind)
    {
        hash.AppendData([kind]);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new Guid(digest[..16]);
    }
}
