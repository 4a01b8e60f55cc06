using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>Whose charges are.</summary>
sealed record ChargeOwnerBody(
    [property: Description("The account.")] long AccountId,
    [property: Description("Charges that begin on this day or later, also in later files.")] DateOnly From,
    [property: Description("One of its services; leave it out for the account as a whole.")] long? ServiceId = null);
