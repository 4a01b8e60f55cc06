namespace Billing.Api.Webhooks;

/// <summary>A webhook's address leads where events must not go.</summary>
sealed class PrivateAddressException(string message) : IOException(message);
