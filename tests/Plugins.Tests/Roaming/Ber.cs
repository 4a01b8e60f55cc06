using System.Formats.Asn1;
using System.Text;

namespace Billing.Plugins.Tests.Roaming;

/// <summary>An element to be written as BER: with its length before it, by the library, or with a marker after it, by hand.</summary>
sealed class Ber
{
    private readonly Asn1Tag tag;
    private readonly byte[]? value;
    private readonly Ber[] parts;

    private Ber(int tag, byte[]? value, Ber[] parts)
    {
        this.tag = new Asn1Tag(TagClass.Application, tag, isConstructed: value is null);
        this.value = value;
        this.parts = parts;
    }

    public static Ber Of(int tag, params Ber[] parts) => new(tag, null, parts);

    public static Ber Bytes(int tag, params byte[] value) => new(tag, value, []);

    public static Ber Text(int tag, string text) => new(tag, Encoding.ASCII.GetBytes(text), []);

    public static Ber Digits(int tag, string digits) => new(tag, Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "f"), []);

    public static Ber Number(int tag, long number)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        writer.WriteInteger(number);
        return new(tag, writer.Encode()[2..], []);
    }

    /// <summary>The bytes, each length in front.</summary>
    public byte[] Definite()
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        Write(writer);
        return writer.Encode();
    }

    /// <summary>The bytes, the end of everything that has parts marked by two zeros.</summary>
    public byte[] Indefinite()
    {
        if (value is not null) return Definite();
        var head = new byte[tag.CalculateEncodedSize()];
        tag.Encode(head);
        return [.. head, 0x80, .. parts.SelectMany(part => part.Indefinite()), 0, 0];
    }

    private void Write(AsnWriter writer)
    {
        if (value is not null)
        {
            writer.WriteOctetString(value, tag);
            return;
        }
        using var _ = writer.PushSequence(tag);
        foreach (var part in parts) part.Write(writer);
    }
}
