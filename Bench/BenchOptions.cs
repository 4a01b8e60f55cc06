namespace Billing.Bench;

/// <summary>What was asked for.</summary>
/// <param name="Lines">Size of the work: lines, look-ups or calls.</param>
/// <param name="Rounds">Turns of each variant.</param>
/// <param name="Seed">The same seed makes the same data.</param>
internal sealed record BenchOptions(int Lines, int Rounds, int Seed);
