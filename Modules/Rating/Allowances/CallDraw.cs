namespace Billing.Rating.Allowances;

/// <summary>What is charged of a call, and what was taken off by what. <c>Price = Charge + the sum of the parts' amounts</c>, always.</summary>
/// <param name="Call">Which call.</param>
/// <param name="Service">Its service.</param>
/// <param name="Price">Without allowances and caps.</param>
/// <param name="Charge">What is billed.</param>
/// <param name="Parts">In the order they were drawn: allowances, then caps. Empty for most calls.</param>
public sealed record CallDraw(DrawKey Call, long Service, decimal Price, decimal Charge, IReadOnlyList<DrawPart> Parts);
