namespace Billing.Rating.Engine;

/// <summary>A charge and every step that led to it.</summary>
/// <param name="Charge">Exactly what <see cref="CompiledTariff.Rate"/> returns for the call.</param>
/// <param name="Steps">In the order in which they were done.</param>
public sealed record CallExplanation(CallCharge Charge, IReadOnlyList<RatingStep> Steps);
