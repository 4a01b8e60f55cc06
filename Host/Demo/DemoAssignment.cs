using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>Numbers or a circuit on some days.</summary>
/// <param name="Circuit">A trunk or PBX account; null for numbers.</param>
/// <param name="First">First number, country code included; 0 for a circuit.</param>
/// <param name="Last">Last number, included.</param>
/// <param name="Valid">The days.</param>
sealed record DemoAssignment(string? Circuit, ulong First, ulong Last, DateInterval Valid)
{
    /// <summary>How many numbers; 0 for a circuit.</summary>
    public int Count => Circuit is null ? (int)(Last - First) + 1 : 0;

    /// <summary>A circuit.</summary>
    public static DemoAssignment Of(string circuit, DateInterval valid) => new(circuit, 0, 0, valid);

    /// <summary>Numbers that follow each other.</summary>
    public static DemoAssignment Of(ulong first, int count, DateInterval valid) => new(null, first, first + (ulong)count - 1, valid);

    /// <summary>As a person writes it: <c>+441632960100-199</c>.</summary>
    public override string ToString() => Circuit ?? (First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"+{First}")
        : string.Create(CultureInfo.InvariantCulture, $"+{First}-{Last % 1000:000}"));
}
