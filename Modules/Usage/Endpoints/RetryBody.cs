using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>How an upload is tried again.</summary>
sealed record RetryBody(
    [property: Description("Another format, by its id; left out for the one it has.")] string? Format = null,
    [property: Description("daily, monthly or reconciliation; left out for what was said before.")] string? Kind = null,
    [property: Description("First day the file covers; without a last day, the month of this day.")] DateOnly? From = null,
    [property: Description("Last day it covers, included.")] DateOnly? To = null);
