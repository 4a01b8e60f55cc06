namespace Billing.Usage.Comparison;

/// <summary>A carrier in a period and in the one before.</summary>
/// <param name="Carrier">Whose files.</param>
/// <param name="Now">In the period.</param>
/// <param name="Before">In the one before.</param>
public sealed record ComparedCarrier(string Carrier, CarrierFigures Now, CarrierFigures Before);
