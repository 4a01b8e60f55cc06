namespace Billing.Templating.Tests;

public sealed class IncludeTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("templates").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Loader(params (string Name, string Text)[] templates) : ITemplateLoader
    {
        public TemplateSource? Load(string name, string includingName) =>
            templates.Where(t => t.Name == name).Select(t => new TemplateSource(t.Name, t.Text)).FirstOrDefault();
    }

    private static TemplateCompilation Compile(string text, params (string Name, string Text)[] templates) =>
        Template.Compile(text, TemplateOptions.Html with { Name = "main", Loader = new Loader(templates) });

    private static string Rendered(string text, params (string Name, string Text)[] templates) =>
        Compile(text, templates).TemplateOrThrow().Render(new { Name = "<x>" }).TextOrThrow();

    [Fact]
    public void An_included_template_sees_the_variables_and_its_arguments() =>
        Rendered("{{ a = 1; include 'part' 2 size: 3 }}", ("part", "{{ a }}{{ $0 }}{{ $.size }}{{ $.size + 1 }}")).ShouldBe("1234");

    [Fact]
    public void Its_output_is_escaped_once() =>
        Rendered("{{ include 'part' }}{{ x = include 'part'; x + name }}", ("part", "<b>{{ name }}</b>")).ShouldBe("<b>&lt;x&gt;</b><b>&lt;x&gt;</b>&lt;x&gt;");

    [Fact]
    public void Its_ret_ends_only_itself() => Rendered("a{{ include 'part' }}c", ("part", "b{{ ret }}x")).ShouldBe("abc");

    [Fact]
    public void Its_lines_follow_the_indentation_of_the_include() => Rendered("<div>\n  {{ include 'part' ~}}\n</div>", ("part", "<p>\n</p>\n")).ShouldBe("<div>\n  <p>\n  </p>\n</div>");

    [Fact]
    public void A_pipe_can_name_it() => Rendered("{{ 'part' | include }}", ("part", "p")).ShouldBe("p");

    [Fact]
    public void Several_are_joined()
    {
        var parts = new[] { ("a", "A"), ("b", "B"), ("line", "<hr>"), ("none", "") };
        Rendered("{{ include_join ['a', 'b'] 'tpl:line' '<div>' '</div>' }}", parts).ShouldBe("<div>A<hr>B</div>");
        Rendered("{{ include_join ['none'] ',' '(' ')' }}", parts).ShouldBe("");
    }

    [Fact]
    public void Errors_of_an_included_template_are_found_when_the_main_one_is_compiled()
    {
        var compilation = Compile("one\n{{ include 'part' }}", ("part", "two\n{{ ] }}"));
        compilation.Errors.Single().ToString().ShouldStartWith("part(2,4): ");
    }

    [Fact]
    public void A_missing_template_is_found_when_the_main_one_is_compiled()
    {
        var error = Compile("one\n{{ include 'gone' }}").Errors.Single();
        error.Code.ShouldBe(TemplateErrorCodes.IncludeNotFound);
        error.ToString().ShouldBe("main(2,4): There is no template `gone` to include.");
    }

    [Fact]
    public void An_error_in_an_included_template_says_where_from()
    {
        var error = Compile("{{ include 'outer' }}", ("outer", "\n {{ include 'inner' }}"), ("inner", "{{ 1 // 0 }}")).TemplateOrThrow().Render().Error.ShouldNotBeNull();
        error.ToString().ShouldBe("inner(1,6): Division by zero. (included from outer(2,5), from main(1,4))");
    }

    [Fact]
    public void A_template_that_includes_itself_is_stopped() =>
        Compile("{{ include 'a' }}", ("a", "{{ include 'a' }}")).TemplateOrThrow().Render().Error!.Code.ShouldBe(TemplateErrorCodes.LimitRecursion);

    [Fact]
    public void Without_a_loader_nothing_is_included() =>
        Template.Compile("{{ include 'a' }}").TemplateOrThrow().Render().Error!.Code.ShouldBe(TemplateErrorCodes.IncludeNotFound);

    [Fact]
    public void A_folder_serves_what_is_in_it_relative_to_the_including_template()
    {
        Write("parts/head.sbnhtml", "head {{ include 'logo.sbnhtml' }}");
        Write("parts/logo.sbnhtml", "logo");
        var options = TemplateOptions.Html with { Name = "main.sbnhtml", Loader = new FolderTemplateLoader(_folder) };
        Template.Compile("{{ include 'parts/head.sbnhtml' }}", options).TemplateOrThrow().Render().TextOrThrow().ShouldBe("head logo");
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("parts/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("./here.txt")]
    [InlineData("parts//head.txt")]
    [InlineData("C:\\secret.txt")]
    [InlineData("link.txt")]
    [InlineData("linked/passwd")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData("parts")]
    public void A_folder_serves_nothing_from_outside(string name)
    {
        Write("here.txt", "x");
        Write("parts/head.txt", "x");
        File.CreateSymbolicLink(Path.Combine(_folder, "link.txt"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), "/etc");
        new FolderTemplateLoader(_folder).Load(name, "main").ShouldBeNull();
    }

    [Fact]
    public void The_command_renders_a_file_with_a_model()
    {
        Write("invoice.sbnhtml", "<p>{{ name }} {{ include 'foot.sbnhtml' }}</p>");
        Write("foot.sbnhtml", "{{ total | money.format 'GBP' }}");
        Write("model.json", """{ "name": "A & B", "total": 12.5 }""");
        Run(text: false).ShouldBe((0, "<p>A &amp; B £12.50</p>", ""));
        Run(text: true).ShouldBe((0, "<p>A & B £12.50</p>", ""));
    }

    [Fact]
    public void The_command_says_where_an_error_is_and_writes_nothing()
    {
        Write("invoice.sbnhtml", "line one\n{{ 1 // 0 }}");
        Write("model.json", "{}");
        Run(text: false).ShouldBe((1, "", "invoice.sbnhtml(2,6): Division by zero.\n"));

        Write("invoice.sbnhtml", "{{ ] }}\n{{ for }}{{ end }}");
        var (code, output, errors) = Run(text: false);
        code.ShouldBe(1);
        output.ShouldBe("");
        errors.Split('\n')[0].ShouldStartWith("invoice.sbnhtml(1,4): ");
        errors.Split('\n')[1].ShouldStartWith("invoice.sbnhtml(2,8): ");

        Write("invoice.sbnhtml", "x");
        Write("model.json", "{\n\"a\": }");
        Run(text: false).Errors.ShouldStartWith("model.json(2,");
    }

    [Fact]
    public void The_command_says_when_a_file_is_missing()
    {
        using var errors = new StringWriter();
        TemplateCommand.Render(Path.Combine(_folder, "none.sbn"), null, true, TextWriter.Null, errors).ShouldBe(2);
        errors.ToString().ShouldContain("none.sbn");
    }

    private (int Code, string Output, string Errors) Run(bool text)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = TemplateCommand.Render(Path.Combine(_folder, "invoice.sbnhtml"), Path.Combine(_folder, "model.json"), text, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
