namespace Billing.Usage.Endpoints;

/// <summary>One step of the arithmetic: its operands by name, and the same as a sentence.</summary>
sealed record StepView(string Name, IReadOnlyDictionary<string, object> Values, string Text);
