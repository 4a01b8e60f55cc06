using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>The customer's express consent to pay more than a cap.</summary>
sealed record ConsentBody(
    [property: Description("First day it is for.")] DateOnly From,
    [property: Description("Last day it is for.")] DateOnly Through,
    [property: Description("Who agreed, at the customer.")] string GivenBy,
    [property: Description("How: a letter, a recorded call.")] string GivenHow);
