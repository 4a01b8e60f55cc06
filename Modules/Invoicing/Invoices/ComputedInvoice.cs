using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Customers.Services;
using Billing.Invoicing.Charges;
using Billing.Invoicing.Documents;

namespace Billing.Invoicing.Invoices;

/// <summary>An invoice before it has a number, with what it lays claim to.</summary>
/// <param name="Document">As data, marked as a draft.</param>
/// <param name="Slices">The periods it charges.</param>
/// <param name="OneOffs">The one-off charges it charges.</param>
internal sealed record ComputedInvoice(InvoiceDocument Document, IReadOnlyList<(SubscriptionId Subscription, ProratedSlice Slice)> Slices, IReadOnlyList<long> OneOffs)
{
    /// <summary>How invoices are written as JSON, in storage and for templates: one spelling, for the hash depends on it.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>SHA-256 of the draft's JSON: equal inputs, equal hash.</summary>
    public string Hash { get; } = HashOf(JsonSerializer.Serialize(Document, Json));

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
