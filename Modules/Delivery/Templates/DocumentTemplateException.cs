namespace Billing.Delivery.Templates;

/// <summary>A template is wrong, or fails on a model; the message has file, line and column.</summary>
public sealed class DocumentTemplateException(string message) : Exception(message);
