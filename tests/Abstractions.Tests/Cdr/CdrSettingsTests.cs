using Billing.Abstractions.Cdr;

namespace Billing.Abstractions.Tests.Cdr;

public sealed class CdrSettingsTests
{
    [Fact]
    public void The_settings_name_the_clock_and_the_numbers_of_an_exchange()
    {
        var settings = CdrSettings.From(new Dictionary<string, string> { ["timeZone"] = "Europe/London", ["countryCode"] = "49" }, CdrSettings.Default);
        settings.TimeBase.Zone.ShouldBe("Europe/London");
        settings.Numbers.CountryCode.ShouldBe(49);
        settings.Numbers.NationalPrefix.ShouldBe("0");
    }

    [Fact]
    public void What_is_missing_is_as_the_format_expects()
    {
        CdrSettings.From(new Dictionary<string, string>(), CdrSettings.Default).TimeBase.ShouldBe(CdrTimeBase.Utc);
        var amsterdam = CdrSettings.Default with { TimeBase = CdrTimeBase.Local("Europe/Amsterdam") };
        CdrSettings.From(new Dictionary<string, string>(), amsterdam).TimeBase.Zone.ShouldBe("Europe/Amsterdam");
    }

    [Theory]
    [InlineData("timeZone", "Europe/Nowhere")]
    [InlineData("countryCode", "UK")]
    [InlineData("nationalPrefix", "zero")]
    [InlineData("bareIsInternational", "perhaps")]
    public void A_setting_that_can_not_be_read_is_named(string name, string value) =>
        Should.Throw<FormatException>(() => CdrSettings.From(new Dictionary<string, string> { [name] = value }, CdrSettings.Default)).Message.ShouldContain(name);

    [Fact]
    public void A_word_that_a_setting_may_not_be_is_named_with_those_it_may()
    {
        var settings = CdrSettings.From(new Dictionary<string, string> { ["dataUnit"] = "furlongs" }, CdrSettings.Default);
        Should.Throw<FormatException>(() => settings.OneOf("dataUnit", "bytes", "kB")).Message.ShouldBe("Setting dataUnit: 'furlongs' is none of bytes, kB.");
        CdrSettings.Default.OneOf("dataUnit", "bytes", "kB").ShouldBe("bytes");
    }
}
