using Billing.Invoicing.BillingRuns;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>The four fields of a run as they are typed.</summary>
internal sealed class RunInput
{
    private const int LongestMessage = 500;

    public DateOnly? InvoiceDate { get; set; }

    public DateOnly? CutoffOn { get; set; }

    public DateOnly? DueOn { get; set; }

    public string? Message { get; set; }

    /// <summary>The fields; null when something is wrong with them, which is then said beside them.</summary>
    public BillingRunFields? Read(ModelStateDictionary state)
    {
        if (InvoiceDate is null) state.TryAddModelError("Input.InvoiceDate", "The invoice date is missing. It is printed on every invoice and is the tax point.");
        if (CutoffOn is null) state.TryAddModelError("Input.CutoffOn", "The cutoff date is missing. It decides which usage and fees are billed.");
        if (Message?.Length > LongestMessage) state.TryAddModelError("Input.Message", $"At most {LongestMessage} characters fit on an invoice.");
        if (!state.IsValid) return null;
        var fields = new BillingRunFields(InvoiceDate!.Value, CutoffOn!.Value, DueOn, string.IsNullOrWhiteSpace(Message) ? null : Message.Trim());
        if (fields.Check() is not { } wrong) return fields;
        state.AddModelError(wrong.Code == "run.due-before-invoice" ? "Input.DueOn" : "Input.CutoffOn", wrong.Message);
        return null;
    }
}
