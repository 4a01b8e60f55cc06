using System.ComponentModel;

namespace Billing.Api.Webhooks;

/// <summary>A webhook with its secret, which is in no other answer.</summary>
sealed record WebhookSecretView(Webhook Webhook, [property: Description("Keep it: events are signed with it, and it is not shown again.")] string Secret);
