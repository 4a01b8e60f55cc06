namespace Billing.Api;

/// <summary>Marks an endpoint of the API that needs no key: its own description.</summary>
sealed class OpenToAll;
