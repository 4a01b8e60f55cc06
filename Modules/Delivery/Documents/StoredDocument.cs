namespace Billing.Delivery.Documents;

/// <summary>A document as it was issued.</summary>
/// <param name="Subject">What it is of, for example <c>invoice/INV-000123</c>.</param>
/// <param name="MediaType"><c>application/pdf</c> and the like; one document of a type a subject.</param>
/// <param name="FileName">Name to save it under.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Content">The bytes.</param>
public sealed record StoredDocument(string Subject, string MediaType, string FileName, string Hash, byte[] Content);
