using Billing.Abstractions.Values;

namespace Billing.Invoicing.BillingRuns;

/// <summary>The four fields of a run (RUN-1 to RUN-4); locked once billing is requested.</summary>
/// <param name="InvoiceDate">The printed date, and the tax point.</param>
/// <param name="CutoffOn">Last day that charges apply, included: usage until the midnight after it.</param>
/// <param name="DueOn">Printed due date; null leaves each account's own payment days.</param>
/// <param name="Message">Printed on every invoice instead of the accounts' own messages; null for none.</param>
public sealed record BillingRunFields(DateOnly InvoiceDate, DateOnly CutoffOn, DateOnly? DueOn, string? Message)
{
    /// <summary>First day of the month that ends at the cutoff; calls before it are late.</summary>
    public DateOnly UsageFrom => CutoffOn.AddDays(1).AddMonths(-1);

    /// <summary>What is wrong with the fields, or null.</summary>
    public Failure? Check() =>
        DueOn < InvoiceDate ? new Failure("run.due-before-invoice", $"The due date {DueOn:yyyy-MM-dd} is before the invoice date {InvoiceDate:yyyy-MM-dd}.")
        : CutoffOn > InvoiceDate.AddMonths(1) ? new Failure("run.cutoff-too-late", $"The cutoff date {CutoffOn:yyyy-MM-dd} is more than a month after the invoice date {InvoiceDate:yyyy-MM-dd}.")
        : null;
}
