using Billing.Screens.Colours;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Portal.Tests.Brands;

public sealed class BrandPaletteTests
{
    [Fact]
    public void Text_in_a_brands_colour_can_be_read_whatever_the_colour() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte, byte)>(), parts =>
        {
            var text = $"#{parts.Item1:x2}{parts.Item2:x2}{parts.Item3:x2}";
            var palette = BrandPalette.Of(text, null);
            Colour.TryParse("#eaeef2", out var light).ShouldBeTrue();
            Colour.TryParse("#2a333d", out var dark).ShouldBeTrue();
            palette.Ground.ToString().ShouldBe(text);
            palette.OnGround.ContrastTo(palette.Ground).ShouldBeGreaterThanOrEqualTo(4.5);
            palette.Ink.ContrastTo(light).ShouldBeGreaterThanOrEqualTo(4.5);
            palette.Ink.ContrastTo(Colour.White).ShouldBeGreaterThanOrEqualTo(4.5);
            palette.InkInTheDark.ContrastTo(dark).ShouldBeGreaterThanOrEqualTo(4.5);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("#0b4f5c", "#ffffff", "#0b4f5c")]
    [InlineData("#ffd400", "#000000", null)]
    [InlineData("red;}", "#ffffff", "#33516e")]
    [InlineData(null, "#ffffff", "#33516e")]
    [InlineData("#0B4F5C\n", "#ffffff", "#33516e")]
    public void A_colour_that_can_be_read_stays_and_what_is_none_is_not_used(string? colour, string onIt, string? ink)
    {
        var palette = BrandPalette.Of(colour, colour);
        palette.OnGround.ToString().ShouldBe(onIt);
        if (ink is not null) palette.Ink.ToString().ShouldBe(ink);
        palette.ToStyleSheet().ShouldNotContain("red");
    }

    [Fact]
    public void A_reseller_is_told_what_a_pale_colour_does()
    {
        BrandPalette.WarningOf("The main colour", "#0b4f5c").ShouldBeNull();
        BrandPalette.WarningOf("The main colour", "#ffd400")!.ShouldStartWith("The main colour #ffd400 has a contrast of 1.43 to 1 on white; text needs 4.5.");
    }
}
