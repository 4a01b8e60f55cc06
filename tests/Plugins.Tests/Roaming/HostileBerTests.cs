using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tests.Roaming;

/// <summary>Files that are cut, damaged, or made to break who reads them: each is refused as a whole, with a reason and a place.</summary>
public sealed class HostileBerTests
{
    private static readonly byte[] Batch = [0x61, 0x80, 0x64, 0x00];

    public static TheoryData<string> Samples => [.. RoamingSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_that_is_cut_anywhere_is_refused_as_a_whole(string name)
    {
        var bytes = RoamingSamples.All[name]();
        for (var length = 1; length < bytes.Length; length++)
        {
            var read = Read(bytes[..length], name);
            read.HasEnded.ShouldBeTrue($"{name} cut after {length}");
            read.Entries.Single().Text.ShouldContain(length < 8 ? "cdr." : CdrProblemCode.Truncated);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_with_any_byte_damaged_is_read_or_refused_and_never_throws(string name)
    {
        var bytes = RoamingSamples.All[name]();
        for (var at = 0; at < bytes.Length; at++)
            foreach (var damage in (byte[])[0x00, 0x80, 0xFF, 0x1F, (byte)(bytes[at] ^ 0x20), (byte)(bytes[at] + 1)])
            {
                byte[] damaged = [.. bytes];
                damaged[at] = damage;
                foreach (var entry in Read(damaged, name).Problems) entry.Text.ShouldContain("\"error\":\"cdr.");
            }
    }

    [Theory]
    [InlineData(0x7F, 0xFF, 0xFF, 0xFF)]
    [InlineData(0x80, 0x00, 0x00, 0x00)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF)]
    public void A_claim_of_two_gibibytes_costs_no_memory(byte a, byte b, byte c, byte d)
    {
        byte[] file = [0x61, 0x84, a, b, c, d, 0x64, 0x00, 0x00, 0x00];
        Refusal(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(file);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_length_of_more_bytes_than_a_number_has_is_refused() => Refusal([0x61, 0xFE, .. Enumerable.Repeat((byte)0xFF, 200)]);

    [Fact]
    public void Ten_thousand_levels_are_refused_at_the_thirty_third()
    {
        byte[] indefinite = [.. Batch, .. Enumerable.Repeat<byte[]>([0x63, 0x80], 10_000).SelectMany(level => level)];
        Refusal(indefinite).ShouldContain("nested more than 32 deep");
        byte[] ended = [.. indefinite, .. new byte[20_002]];
        Refusal(ended).ShouldContain("nested more than 32 deep");
        var definite = Ber.Of(3);
        for (var level = 0; level < 100; level++) definite = Ber.Of(3, definite);
        Refusal(Ber.Of(1, Ber.Of(4), definite).Definite()).ShouldContain("nested more than 32 deep");
    }

    [Fact]
    public void A_length_without_end_is_refused_where_the_file_ends()
    {
        Refusal(Batch).ShouldContain("At byte 4 the file ends where an element or an end marker has to follow");
        Refusal([.. Batch, 0x00]).ShouldContain(CdrProblemCode.Truncated);
        Refusal([0x61, 0x08, 0x64, 0x00, 0x63, 0x02, 0x65, 0x80, 0x49, 0x00]).ShouldContain("has none");
    }

    [Fact]
    public void An_element_that_is_longer_than_the_one_around_it_is_refused() =>
        Refusal([0x61, 0x07, 0x64, 0x00, 0x63, 0x01, 0x49, 0x05, 0x00]).ShouldSatisfyAllConditions(text => text.ShouldContain(CdrProblemCode.BadStructure), text => text.ShouldContain("At byte 6"));

    [Fact]
    public void A_value_without_length_and_an_end_marker_without_beginning_are_refused()
    {
        Refusal([.. Batch, 0x49, 0x80, 0x00, 0x00, 0x00, 0x00, 0x41]).ShouldContain("has no length");
        Refusal([0x61, 0x04, 0x64, 0x00, 0x00, 0x00]).ShouldContain("At byte 4 there is no element");
    }

    [Fact]
    public void Zeros_after_the_batch_fill_it_up_and_anything_else_is_refused()
    {
        var bytes = Tap.Batch([Tap.Data(1, 2, 3)]).Definite();
        Read([.. bytes, .. new byte[900]], "a").Records.Count().ShouldBe(1);
        Refusal([.. bytes, 0, 0, 0x61]).ShouldContain("something follows the end of the batch");
        Refusal([.. bytes, .. bytes]).ShouldContain("something follows the end of the batch");
    }

    [Fact]
    public void A_file_of_more_than_64_mebibytes_is_refused_without_being_kept()
    {
        var read = CdrRecording.Of(CdrFormats.Of("tap3"), "a", new Endless(Batch));
        read.HasEnded.ShouldBeTrue();
        read.Entries.Single().Text.ShouldContain("cdr.too-large");
    }

    [Fact]
    public void Whole_structures_are_found_whole()
    {
        BerStructure.Check(Tap.Batch([Tap.Data(1, 2, 3)]).Definite()).ShouldBeNull();
        BerStructure.Check(Tap.Batch([Tap.Data(1, 2, 3)]).Indefinite()).ShouldBeNull();
        BerStructure.Check([]).ShouldNotBeNull();
    }

    private static CdrRecording Read(byte[] bytes, string name) => CdrRecording.Of(CdrFormats.Of(name.StartsWith("NR", StringComparison.Ordinal) ? "nrtrde" : "tap3"), name, bytes);

    private static string Refusal(byte[] bytes)
    {
        var read = Read(bytes, "a");
        read.HasEnded.ShouldBeTrue();
        return read.Entries.Single().Text;
    }

    private sealed class Endless(byte[] head) : Stream
    {
        private bool hasBegun;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Clear();
            if (!hasBegun) head.CopyTo(buffer, offset);
            hasBegun = true;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
