namespace Billing.Onboarding.Rows;

/// <summary>Something wrong in a file.</summary>
/// <param name="Row">Where a person finds it: the row of the sheet, the line of a CSV.</param>
/// <param name="Column">Its header; empty when the row as a whole is wrong.</param>
/// <param name="Value">As it came.</param>
/// <param name="Code">Stable, <c>onboarding.*</c>.</param>
/// <param name="Message">Why it is wrong, and what to do.</param>
public sealed record RowFault(int Row, string Column, string Value, string Code, string Message);
