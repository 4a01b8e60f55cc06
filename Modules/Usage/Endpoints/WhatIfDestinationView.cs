namespace Billing.Usage.Endpoints;

/// <summary>A kind of usage (voice, sms, data) and a destination as the tariff names it.</summary>
sealed record WhatIfDestinationView(string Kind, string? Destination, WhatIfFiguresView Figures);
