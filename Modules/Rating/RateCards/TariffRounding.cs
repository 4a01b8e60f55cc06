using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>How charges are rounded: always stated, never assumed.</summary>
/// <param name="Mode">Which way.</param>
/// <param name="Unit">To a multiple of this, in major units; greater than zero (0.0001 is a hundredth of a penny).</param>
/// <param name="Level">Each call, or the invoice line. At <see cref="RoundingLevel.Line"/> the engine returns exact charges.</param>
public sealed record TariffRounding(Rounding Mode, decimal Unit, RoundingLevel Level);
