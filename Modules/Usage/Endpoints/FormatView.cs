namespace Billing.Usage.Endpoints;

/// <summary>A CDR format in the API.</summary>
sealed record FormatView(string Id, string Name, string Carrier, string RecognisedBy);
