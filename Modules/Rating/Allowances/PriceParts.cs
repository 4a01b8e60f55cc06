using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>What the tariff that priced a call says of its parts. Asked only for calls that need it.</summary>
/// <param name="Setup">The connection charge within the price, never negative.</param>
/// <param name="Mode">How a part of the price is rounded.</param>
/// <param name="Unit">To a multiple of this; more than zero.</param>
/// <param name="Geographic">What the tariff calls a UK geographic number; asked for 03 numbers.</param>
public sealed record PriceParts(decimal Setup, Rounding Mode, decimal Unit, string? Geographic);
