namespace Billing.Rating.Engine;

/// <summary>A part of a call with a price of its own.</summary>
/// <param name="From">Charged seconds before it.</param>
/// <param name="To">Charged seconds before the next one; <see cref="int.MaxValue"/> for the last.</param>
/// <param name="PriceAt">Where its prices begin in the price pool, one a band; -1: its seconds cost nothing, because a price per call covers them.</param>
/// <param name="FirstSeconds">Shortest part of it charged.</param>
/// <param name="NextSeconds">Step after that.</param>
readonly record struct CompiledStage(int From, int To, int PriceAt, int FirstSeconds, int NextSeconds);
