using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>One end of a call: what the file says, and the number in it when it is one.</summary>
/// <remarks>"Anonymous", an extension, a short code such as 118500 or a SIP user have text and no number.</remarks>
public readonly ref struct CdrParty(ReadOnlySpan<byte> text, E164Number number)
{
    /// <summary>The field as it stands in the file, without quotes and outer spaces; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The normalised number, or <see cref="E164Number.IsUnset"/>.</summary>
    public E164Number Number { get; } = number;
}
