using FsCheck;
using FsCheck.Fluent;

namespace Billing.Templating.Tests;

public class PropertyTest
{
    private static readonly string[] Filters =
    [
        "", " | string.upcase", " | string.append '!'", " | string.slice 1", " | html.escape", " | html.newline_to_br", " | string.replace 'a' 'b'",
        " | array.add 1", " | object.default 'x'", " | string.split 'a'", " | object.to_json", " | html.strip", " | string.literal",
        " | regex.replace '[b-d]' '$0$0'", " | string.truncate 5", " | html.url_encode", " | html.url_escape",
    ];

    [Fact]
    public void What_a_model_says_never_becomes_markup()
    {
        var texts = Gen.Elements('<', '>', '&', '"', '\'', 'a', 'b', ' ', '\n', '/', '£').ArrayOf().Select(letters => new string(letters));
        var chains = Gen.Elements(Filters).ArrayOf(3).Select(string.Concat);
        Prop.ForAll(texts.Zip(chains).ToArbitrary(), pair =>
        {
            var html = Some.Html("{{ v" + pair.Item2 + " }}", new { V = pair.Item1 }).Replace("<br />", "", StringComparison.Ordinal);
            return !html.Contains('<') && !html.Contains('>') && !html.Contains('"') && !html.Contains('\'');
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_compiles_or_has_errors_and_renders_or_has_an_error()
    {
        var pieces = Gen.Elements(
            "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", " ", "\n", ";", "if ", "else ", "end ", "for x in ", "while ", "func f", "ret ", "case ", "when ",
            "do ", "with ", "wrap ", "capture ", "x", "$0", "$$", "1", "1.5m", "'a'", "\"", "`", "$\"", "{", "}", "(", ")", "[", "]", ",", ":", ".", "?.", "..", "+", "-",
            "*", "/", "//", "%", "=", "+=", "==", "<", "&&", "||", "!", "@", "^", "|", "?", "??", "++", "string.upcase ", "array.size ", "object.eval ", "include ", "#", "##");
        var limits = new TemplateLimits { LoopSteps = 200, Recursion = 20 };
        Prop.ForAll(pieces.ArrayOf().Select(p => "{{" + string.Concat(p)).ToArbitrary(), text =>
        {
            var compilation = Template.Compile(text, TemplateOptions.Html with { Limits = limits });
            if (!compilation.Succeeded) return compilation.Errors.Count > 0 && compilation.Errors.All(e => e.Line > 0 && e.Column > 0 && e.Message.Length > 0);
            var result = compilation.Template.Render(new { X = new[] { 1, 2 } });
            return result.Succeeded || result.Error.Message.Length > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Rendering_twice_gives_the_same()
    {
        var template = Template.Compile("{{ for x in xs | array.sort | array.uniq; x * 2; array.cycle ['a', 'b']; end; o }}").TemplateOrThrow();
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), xs =>
            template.Render(new { Xs = xs, O = new { A = 1 } }).Text == template.Render(new { Xs = xs, O = new { A = 1 } }).Text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sums_of_money_are_those_of_decimal()
    {
        var template = Template.Compile("{{ t = 0; for x in xs; t += x; end; t }}", TemplateOptions.Text).TemplateOrThrow();
        var amounts = Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 1000m).ArrayOf();
        Prop.ForAll(amounts.ToArbitrary(), xs =>
            decimal.Parse(template.Render(new { Xs = xs }).TextOrThrow(), System.Globalization.CultureInfo.InvariantCulture) == xs.Sum()).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task One_template_serves_many_threads()
    {
        const string text = "{{ func f(x); ret x + 1; end; capture c; for l in lines; l.name; f l.amount; array.cycle ['a', 'b']; end; end; c; date.format = '%Y'; total = 0; for l in lines; total += l.amount; end; total }}";
        var template = Template.Compile(text).TemplateOrThrow();
        string Render(int n) => template.Render(new { Lines = Enumerable.Range(0, 50).Select(i => new { Name = $"<{n}>", Amount = n * 0.01m }).ToArray() }).TextOrThrow();

        var alone = Enumerable.Range(0, 8).Select(Render).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => (Index: i % 8, Text: Render(i % 8)))));
        together.ShouldAllBe(r => r.Text == alone[r.Index]);
    }
}
