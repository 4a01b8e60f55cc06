namespace Billing.Invoicing.Documents;

/// <summary>The lines of one kind in one figure.</summary>
/// <param name="Kind"><c>recurring</c>, <c>one-off</c> or <c>usage</c>.</param>
/// <param name="Title">As printed.</param>
/// <param name="Net">Sum of its lines.</param>
public sealed record InvoiceGroup(string Kind, string Title, decimal Net);
