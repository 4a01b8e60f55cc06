using System.ComponentModel;

namespace Billing.Invoicing.Endpoints;

/// <summary>That a check was made.</summary>
sealed record ConfirmationBody(
    [property: Description("payments, cdrs-processed, errors-checked, fixed-fee-errors-checked (where carriers send recurring charges) or pre-billing-report, in this order.")] string Gate,
    [property: Description("True to go on although CDR files are pending; noted with the confirmation.")] bool IgnorePending = false);
