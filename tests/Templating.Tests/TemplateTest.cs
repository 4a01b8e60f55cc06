namespace Billing.Templating.Tests;

public class TemplateTest
{
    [Theory]
    [InlineData("invoice.sbnhtml", true)]
    [InlineData("invoice.html", true)]
    [InlineData("mail.sbntxt", false)]
    [InlineData("mail.SBN", false)]
    public void A_file_is_html_unless_its_name_says_text(string file, bool html)
    {
        var options = TemplateOptions.ForFile("/templates/" + file);
        options.EscapeHtml.ShouldBe(html);
        options.Name.ShouldBe(file);
    }

    [Fact]
    public void An_error_reads_as_file_line_column_message() =>
        new TemplateError("template.syntax", "a.sbn", 3, 7, "Not so.").ToString().ShouldBe("a.sbn(3,7): Not so.");

    [Fact]
    public void A_failed_render_gives_no_half_document()
    {
        var result = Some.Result("before {{ 1 // 0 }}");
        result.Succeeded.ShouldBeFalse();
        result.Text.ShouldBeNull();
        Should.Throw<TemplateException>(() => result.TextOrThrow()).Error.ShouldBe(result.Error);
    }

    [Fact]
    public void A_failed_compilation_gives_no_template() =>
        Should.Throw<TemplateException>(() => Template.Compile("{{ ] }}").TemplateOrThrow()).Error.Code.ShouldBe(TemplateErrorCodes.Syntax);

    [Fact]
    public void Front_matter_runs_before_the_template_when_asked_for()
    {
        const string text = "+++\ntitle = 'Bill'\n+++\n<h1>{{ title }}</h1>";
        Template.Compile(text, TemplateOptions.Html with { FrontMatter = true }).TemplateOrThrow().Render().TextOrThrow().ShouldBe("<h1>Bill</h1>");
        Template.Compile(text).TemplateOrThrow().Render().TextOrThrow().ShouldStartWith("+++");
    }

    [Fact]
    public void Indentation_can_be_switched_off() =>
        Template.Compile("  {{ 'a\\nb' }}", TemplateOptions.Text with { AutoIndent = false }).TemplateOrThrow().Render().TextOrThrow().ShouldBe("  a\nb");

    [Fact]
    public void Windows_line_ends_are_kept() =>
        Some.Text("a\r\n{{~ if true ~}}\r\nb\r\n{{~ end ~}}\r\nc").ShouldBe("a\r\nb\r\nc");

    [Fact]
    public void A_seeded_render_comes_out_the_same_twice()
    {
        var template = Template.Compile("{{ math.random 0 1000000 }} {{ math.uuid }}").TemplateOrThrow();
        string Render() => template.Render(null, new RenderOptions { Random = new Random(1) }).TextOrThrow();
        Render().ShouldBe(Render());
    }
}
