using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>A change of a tariff: exactly one of document, percent and version.</summary>
sealed record WhatIfDraftBody(
    [property: Description("The tariff's code.")] string Tariff,
    [property: Description("A tariff document, JSON as text: whole, or only what differs from a published tariff.")] string? Document = null,
    [property: Description("Every price of the latest version so many percent higher; negative for lower.")] decimal? Percent = null,
    [property: Description("One of its published versions in place of the latest.")] int? Version = null);
