using System.ComponentModel;

namespace Billing.Api.Webhooks;

/// <summary>A webhook as a program sends it.</summary>
sealed record WebhookBody(
    [property: Description("Where events are posted to: an https address.")] string Url,
    [property: Description("Kinds of events: cdr-file.imported, cdr-file.failed, billing-run.requested, billing-run.completed, invoice.posted.")] IReadOnlyList<string> Events);
