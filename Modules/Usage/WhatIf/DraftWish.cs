namespace Billing.Usage.WhatIf;

/// <summary>A change of a tariff, as somebody asks for it: exactly one of a document, a percentage and a version.</summary>
/// <param name="Tariff">The tariff's code; of a document also a new one, which accounts must then be moved to.</param>
/// <param name="Document">A tariff document, whole or only what differs from a published tariff.</param>
/// <param name="Percent">Every price of the latest version so much higher; less than zero for lower.</param>
/// <param name="Version">One of its published versions in place of the latest.</param>
public sealed record DraftWish(string Tariff, string? Document = null, decimal? Percent = null, int? Version = null);
