using Billing.Host;
using Billing.Host.Plugins;

namespace Billing.PluginHost.Tests;

public sealed class PluginManifestTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_line_that_says_only_what_it_must_is_switched_on_and_told_nothing()
    {
        var line = Read("""{ "plugins": [ { "id": "a", "path": "p", "kind": "cdr" }, ] } // as people write it""").Plugins.ShouldHaveSingleItem();
        line.ShouldSatisfyAllConditions(() => line.Id.ShouldBe("a"), () => line.Path.ShouldBe("p"), () => line.Kind.ShouldBe("cdr"), () => line.Enabled.ShouldBeTrue(), () => line.Settings.ShouldBeEmpty());
    }

    [Fact]
    public void A_line_can_be_switched_off_and_settings_are_told()
    {
        var line = Read("""{ "plugins": [ { "id": "a", "path": "p", "kind": "cdr", "enabled": false, "settings": { "timeZone": "UTC" } } ] }""").Plugins.ShouldHaveSingleItem();
        line.Enabled.ShouldBeFalse();
        line.Settings.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>("timeZone", "UTC"));
    }

    [Theory]
    [InlineData("""{ "plugins": [ { "id": "a", "path": "p", "kind": "cdr", "enable": false } ] }""")]
    [InlineData("{ }")]
    [InlineData("plugins")]
    public void A_list_with_anything_else_in_it_is_refused(string text) => Should.Throw<UsageException>(() => Read(text)).Code.ShouldBe("plugins.bad-manifest");

    private PluginManifest Read(string text)
    {
        File.WriteAllText(path, text);
        return PluginManifest.Read(path);
    }
}
