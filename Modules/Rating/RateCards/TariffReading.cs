using System.Diagnostics.CodeAnalysis;

namespace Billing.Rating.RateCards;

/// <summary>What came of reading a tariff: the tariff, or every reason why it is refused. Never both, never neither.</summary>
public sealed class TariffReading
{
    private TariffReading(Tariff? tariff, IReadOnlyList<TariffError> errors) => (Tariff, Errors) = (tariff, errors);

    /// <summary>The tariff; null when it is refused.</summary>
    public Tariff? Tariff { get; }

    /// <summary>Everything that is wrong, in the document's order; empty on success.</summary>
    public IReadOnlyList<TariffError> Errors { get; }

    /// <summary>True when there is a tariff.</summary>
    [MemberNotNullWhen(true, nameof(Tariff))]
    public bool IsAccepted => Tariff is not null;

    /// <summary>The tariff, where a refusal could only be a bug.</summary>
    /// <exception cref="InvalidOperationException">It is refused; the message lists why.</exception>
    public Tariff TariffOrThrow() => Tariff ?? throw new InvalidOperationException(string.Join(Environment.NewLine, Errors));

    /// <summary>The same, with places and messages said in the words of where the document came from.</summary>
    internal TariffReading Placed(Func<string, string> words) =>
        IsAccepted ? this : new(null, [.. Errors.Select(error => error with { Place = words(error.Place), Message = words(error.Message) })]);

    internal static TariffReading Of(Tariff tariff) => new(tariff, []);

    internal static TariffReading Refused(TariffErrors errors) => new(null, errors.ToList());
}
