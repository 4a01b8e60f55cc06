namespace Billing.Screens.Tables;

/// <summary>A column that a reader may leave out.</summary>
/// <param name="Key">As the address and the cells name it: <c>vat</c>.</param>
/// <param name="Label">As its heading says it.</param>
public sealed record ListColumn(string Key, string Label);
