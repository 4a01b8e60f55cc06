using System.Security.Cryptography;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Usage.Import;

namespace Billing.Usage.Tests.Import;

/// <summary>C2. A key is kept for as long as calls are, so how it is made never changes: here it is put together by hand.</summary>
public sealed class RecordKeysTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void C2_The_carriers_own_id_is_the_record() =>
        KeyOf("REF00001", "441632960001", "442079460000").ShouldBe(Guid(SHA256.HashData([.. "REF00001"u8, 1])));

    [Fact]
    public void C2_Without_an_id_everything_that_tells_two_calls_apart_is_the_record_and_the_second_of_two_is_another_one()
    {
        var first = Guid(SHA256.HashData([.. Facts("441632960001", "442079460000"), 2]));
        var keys = new RecordKeys();
        keys.KeyOf(Call("", "441632960001", "442079460000"), Start).ShouldBe(first);
        keys.KeyOf(Call("", "441632960001", "442079460000"), Start).ShouldBe(Guid(SHA256.HashData([.. first.ToByteArray(), 1, 0, 0, 0, 3])));
    }

    [Fact]
    public void C2_Numbers_longer_than_any_are_taken_whole()
    {
        var (from, to) = (new string('1', 900), new string('2', 700));
        KeyOf("", from, to).ShouldBe(Guid(SHA256.HashData([.. Facts(from, to), 2])));
    }

    private static Guid KeyOf(string id, string from, string to) => new RecordKeys().KeyOf(Call(id, from, to), Start);

    private static CallDetailRecord Call(string id, string from, string to) => new()
    {
        RecordId = Encoding.ASCII.GetBytes(id), From = new CdrParty(Encoding.ASCII.GetBytes(from), default), To = new CdrParty(Encoding.ASCII.GetBytes(to), default), DurationSeconds = 60, IsAnswered = true,
    };

    private static byte[] Facts(string from, string to) =>
    [
        .. BitConverter.GetBytes(Start.UtcTicks), .. BitConverter.GetBytes(60), .. BitConverter.GetBytes(0L), (byte)CdrKind.Voice, (byte)CallDirection.Out, 1, 0,
        .. BitConverter.GetBytes(from.Length), .. Encoding.ASCII.GetBytes(from), .. BitConverter.GetBytes(to.Length), .. Encoding.ASCII.GetBytes(to), .. BitConverter.GetBytes(0),
    ];

    private static Guid Guid(byte[] hash) => new(hash.AsSpan(0, 16));
}
