using Billing.Screens;

namespace Billing.Web.Tests.Month;

public sealed class MaskedTextTests
{
    [Theory]
    [InlineData("+441632960123", "…0123")]
    [InlineData("'+441632960123' is assigned to no customer.", "'…0123' is assigned to no customer.")]
    [InlineData("441632960001,442079460000,05/10/2026,10:01:00,60,0.010,R1,GBP", "…0001,…0000,05/10/2026,10:01:00,60,0.010,R1,GBP")]
    [InlineData("+44 1632 960123", "…0123")]
    [InlineData("UKN", "UKN")]
    [InlineData(null, null)]
    public void Only_the_last_four_digits_of_a_number_are_left(string? text, string? masked) => MaskedText.Of(text).ShouldBe(masked);
}
