using Billing.Abstractions.Cdr;

namespace Billing.Rating.Allowances;

/// <summary>Which usage an allowance or a spend cap is about.</summary>
/// <param name="Kinds">Voice, messages, data; none: all.</param>
/// <param name="Destinations">Destinations as the tariff names them; a name that ends in a star stands for all that begin so. None: all.</param>
/// <param name="Except">Destinations that are not covered, written in the same way.</param>
public sealed record Coverage(IReadOnlyList<CdrKind> Kinds, IReadOnlyList<string> Destinations, IReadOnlyList<string> Except)
{
    /// <summary>Everything.</summary>
    public static Coverage All { get; } = new([], [], []);

    /// <summary>True when usage of a kind to a destination is covered.</summary>
    /// <param name="kind">Of what kind.</param>
    /// <param name="destination">What the tariff that priced it calls where it went.</param>
    /// <param name="geographic">
    /// For a call to a UK 03 number: what the same tariff calls a geographic one. Where those draw from inclusive minutes, 03 numbers must too (rule N4).
    /// </param>
    public bool Contains(CdrKind kind, string destination, string? geographic) =>
        (Kinds.Count == 0 || Kinds.Contains(kind)) && (Names(destination) || (geographic is not null && Names(geographic)));

    private bool Names(string destination) => (Destinations.Count == 0 || IsIn(Destinations, destination)) && !IsIn(Except, destination);

    private static bool IsIn(IReadOnlyList<string> names, string destination)
    {
        foreach (var name in names)
            if (name.EndsWith('*') ? destination.AsSpan().StartsWith(name.AsSpan(..^1), StringComparison.OrdinalIgnoreCase) : string.Equals(name, destination, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
