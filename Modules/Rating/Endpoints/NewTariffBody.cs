using System.ComponentModel;

namespace Billing.Rating.Endpoints;

/// <summary>A tariff as a program makes it.</summary>
sealed record NewTariffBody(
    [property: Description("Yours, unique.")] string Code,
    [property: Description("A tariff document, JSON as text: whole, or only what differs from a published tariff.")] string Document,
    [property: Description("A sentence for colleagues.")] string? Note = null);
