using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>How an upload is tried again.</summary>
sealed record RetryBody([property: Description("Another format, by its id; left out for the one it has.")] string? Format = null);
