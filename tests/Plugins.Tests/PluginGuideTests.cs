namespace Billing.Plugins.Tests;

public sealed class PluginGuideTests
{
    [Fact]
    public void The_guides_example_is_the_built_in_format_word_for_word()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugin-guide.md"));
        var example = guide.Split("```csharp\n")[1].Split("\n```")[0];
        example.ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "Plugins", "Cdr", "UkPrerated", "UkPreratedCdrFormat.cs")).TrimEnd());
    }

    [Fact]
    public void A_complete_format_takes_about_60_lines() =>
        File.ReadAllLines(Path.Combine(Repository.Root, "Plugins", "Cdr", "UkPrerated", "UkPreratedCdrFormat.cs")).Length.ShouldBeLessThanOrEqualTo(60);
}
