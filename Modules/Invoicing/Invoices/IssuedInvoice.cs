using Billing.Invoicing.BillingRuns;

namespace Billing.Invoicing.Invoices;

/// <summary>A posted invoice in a list.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="Number">Its legal number.</param>
/// <param name="Series">The number series it is from.</param>
/// <param name="Sequence">Its place in the series, from 1 without gaps.</param>
/// <param name="AccountNumber">Whose.</param>
/// <param name="AccountName">Whose.</param>
/// <param name="InvoiceDate">The printed date.</param>
/// <param name="DueOn">Payable by.</param>
/// <param name="Net">Without VAT.</param>
/// <param name="Vat">VAT.</param>
/// <param name="Gross">With VAT.</param>
/// <param name="PostedAt">When it became law.</param>
/// <param name="Calls">Calls on it.</param>
/// <param name="Seconds">Their answered time.</param>
public sealed record IssuedInvoice(
    BillingRunId Run, string Number, string Series, long Sequence, string AccountNumber, string AccountName, DateOnly InvoiceDate, DateOnly DueOn,
    decimal Net, decimal Vat, decimal Gross, DateTimeOffset PostedAt, long Calls, long Seconds)
{
    /// <summary>What its documents are stored under.</summary>
    public string Subject => SubjectOf(Number);

    /// <summary>The same, of an invoice of which only the number is known.</summary>
    public static string SubjectOf(string number) => "invoice/" + number;
}
