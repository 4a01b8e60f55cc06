using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>Who would be on another tariff: one account, or everybody on a tariff.</summary>
sealed record WhatIfMoveBody(
    [property: Description("Code of the tariff they would be on: a published one, or one of the drafts.")] string Tariff,
    [property: Description("An account's number.")] string? Account = null,
    [property: Description("Everybody whom this tariff prices.")] string? FromTariff = null);
