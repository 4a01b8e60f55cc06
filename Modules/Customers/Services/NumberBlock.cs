using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Customers.Services;

/// <summary>What can be assigned to a service: a number, a range of numbers, or a circuit.</summary>
public sealed record NumberBlock
{
    /// <summary>Most numbers of one range: a carrier gives out blocks of ten to ten thousand.</summary>
    public const ulong MostNumbers = 100_000;

    private NumberBlock(string? circuit, ulong first, ulong last) => (Circuit, First, Last) = (circuit, first, last);

    /// <summary>A trunk, circuit or other name the carrier bills by; null for numbers.</summary>
    public string? Circuit { get; }

    /// <summary>First number's digits; 0 for a circuit.</summary>
    public ulong First { get; }

    /// <summary>Last number's digits, included; the first again for a single number.</summary>
    public ulong Last { get; }

    /// <summary>True for more than one number.</summary>
    public bool IsRange => Last > First;

    /// <summary>A single number.</summary>
    public static NumberBlock Of(E164Number number) => new(null, number.Digits, number.Digits);

    /// <summary>Numbers from the first to the last, both included.</summary>
    public static Result<NumberBlock> Range(E164Number first, E164Number last)
    {
        if (last.Digits < first.Digits)
            return new Failure("number.bad-range", $"The range ends with {last}, which is before its first number {first}.") { Field = "last" };
        if (last.Digits - first.Digits >= MostNumbers)
            return new Failure("number.bad-range", string.Create(CultureInfo.InvariantCulture, $"The range from {first} to {last} has more than {MostNumbers:N0} numbers. Is a digit missing in one of them?")) { Field = "last" };
        return new NumberBlock(null, first.Digits, last.Digits);
    }

    /// <summary>A circuit, as the carrier writes it.</summary>
    public static Result<NumberBlock> OfCircuit(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = name.Trim();
        return text.Length is 0 or > 100 || text.Any(char.IsControl)
            ? new Failure("number.bad-circuit", "A circuit has a name of 1 to 100 characters, as the carrier writes it.") { Field = "circuit" }
            : new NumberBlock(text, 0, 0);
    }

    internal static NumberBlock Stored(string? circuit, ulong first, ulong last) => new(circuit, first, last);

    /// <summary>As people read it.</summary>
    public override string ToString() => Circuit ?? (IsRange ? $"{NumberText.Show(First)} to {NumberText.Show(Last)}" : NumberText.Show(First));
}
