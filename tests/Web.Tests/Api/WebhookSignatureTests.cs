using Billing.Api.Webhooks;

namespace Billing.Web.Tests.Api;

public sealed class WebhookSignatureTests
{
    [Fact]
    public void The_worked_example_of_the_guide_is_right() =>
        WebhookSignature.Of("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "evt_1_42", DateTimeOffset.FromUnixTimeSeconds(1793525400), "{\"type\":\"ping\"}")
            .ShouldBe("v1,ILYZ6zOEC/r7W4jveTMexgngeLPW49bJfSMAZL9WrbE=");
}
