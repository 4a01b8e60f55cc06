using System.ComponentModel;

namespace Billing.Rating.Endpoints;

/// <summary>What is said with a version that is published.</summary>
sealed record PublishBody([property: Description("A sentence for colleagues: why, and from which price list.")] string? Note = null);
