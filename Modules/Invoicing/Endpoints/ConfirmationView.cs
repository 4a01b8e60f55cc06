using Billing.Invoicing.BillingRuns;

namespace Billing.Invoicing.Endpoints;

/// <summary>A confirmation in the API.</summary>
sealed record ConfirmationView(string Gate, string By, DateTimeOffset At, string? Note)
{
    public static ConfirmationView Of(GateConfirmation confirmation) => new(confirmation.Gate, confirmation.By, confirmation.At, confirmation.Note);
}
