namespace Billing.Rating.Engine;

/// <summary>One step of the arithmetic behind a charge, for programs and for people.</summary>
/// <param name="Name">Which step, for example <c>usage</c>; docs/tariffs.md lists them in their fixed order.</param>
/// <param name="Values">Its operands and result by name: <see cref="decimal"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/> or
/// <see cref="string"/>. Enough of them to do the step again.</param>
/// <param name="Text">The same as a sentence.</param>
public sealed record RatingStep(string Name, IReadOnlyList<KeyValuePair<string, object>> Values, string Text);
