using System.Text.Json;

namespace Billing.Templating.Tests;

public class SpecTest
{
    public static TheoryData<string> Names => [.. SpecCase.All().Select(c => c.ToString())];

    private static readonly Dictionary<string, SpecCase> Cases = SpecCase.All().ToDictionary(c => c.ToString(), StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_gives_what_the_specification_says(string name)
    {
        var example = Cases[name];
        var options = example.File.StartsWith("html", StringComparison.Ordinal) ? TemplateOptions.Html : TemplateOptions.Text;
        using var model = example.Model is null ? null : JsonDocument.Parse(example.Model);

        var compilation = Template.Compile(example.Template, options with { Name = "t" });
        string got;
        if (!compilation.Succeeded)
        {
            got = string.Join("\n", compilation.Errors.Select(Shown));
        }
        else
        {
            var result = compilation.Template.Render(model, new RenderOptions { Time = Some.Clock });
            got = result.Succeeded ? result.Text : Shown(result.Error);
        }
        got.ShouldBe(example.Expected);
    }

    private static string Shown(TemplateError error) => $"!{error.Line},{error.Column} {error.Code}";
}
