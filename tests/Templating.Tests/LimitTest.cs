namespace Billing.Templating.Tests;

public class LimitTest
{
    /// <summary>What a hostile editor may try, and the limit that stops it.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "{{ while true; end }}", TemplateErrorCodes.LimitLoop },
        { "{{ for i in 1..2000000000; end }}", TemplateErrorCodes.LimitLoop },
        { "{{ 1..2000000000 | array.any @string.empty }}", TemplateErrorCodes.LimitLoop },
        { "{{ func f; f; end; f }}", TemplateErrorCodes.LimitRecursion },
        { "{{ f(x) = [x] | array.each @f; f 1 }}", TemplateErrorCodes.LimitRecursion },
        { "{{ s = 's | object.eval'; s | object.eval }}", TemplateErrorCodes.LimitRecursion },
        { "{{ a = {}; a.self = a; a }}", TemplateErrorCodes.LimitRecursion },
        { "{{ a = {}; a.self = a; a | object.to_json }}", TemplateErrorCodes.LimitRecursion },
        { "{{ a = []; a[0] = a; b = []; b[0] = b; a == b }}", TemplateErrorCodes.LimitRecursion },
        { "{{ this.this = this; this }}", TemplateErrorCodes.LimitRecursion },
        { "{{ 'a' * 2000000000 }}", TemplateErrorCodes.LimitString },
        { "{{ s = 'aaaaaaaaaa'; while true; s = s + s; end }}", TemplateErrorCodes.LimitString },
        { "{{ 'a' | string.pad_left 2000000000 }}", TemplateErrorCodes.LimitString },
        { "{{ ('a' * 100000) | string.replace 'a' ('b' * 100000) }}", TemplateErrorCodes.LimitString },
        { "{{ ('a' * 100000) | regex.replace 'a' ('b' * 100000) }}", TemplateErrorCodes.LimitString },
        { "{{ 1..2000000000 }}", TemplateErrorCodes.LimitString },
        { "{{ a = []; a[2000000000] = 1 }}", TemplateErrorCodes.LimitSize },
        { "{{ [1] * 2000000000 }}", TemplateErrorCodes.LimitSize },
        { "{{ [] | array.insert_at 2000000000 1 }}", TemplateErrorCodes.LimitSize },
        { "{{ 1..2000000000 | array.sort }}", TemplateErrorCodes.LimitSize },
        { "{{ a = [1]; while true; a = a + a; end }}", TemplateErrorCodes.LimitSize },
        { "{{ x = 99999999999; while true; x = x * x; end }}", TemplateErrorCodes.LimitSize },
        { "{{ 1 << 2000000000 }}", TemplateErrorCodes.LimitSize },
        { "{{ (1..100000) & (1..100000) }}", TemplateErrorCodes.LimitWork },
        { "{{ (1..2000000000) <= (1..2000000000) }}", TemplateErrorCodes.LimitWork },
        { "{{ s = 'x' * 1000000; while true; capture c; s; end; end }}", TemplateErrorCodes.LimitWork },
        { "{{ s = 'x' * 1000000; while true; s; end }}", TemplateErrorCodes.LimitOutput },
        { "{{ ('a' * 40) + '!' | regex.match '^(a+)+$' }}", TemplateErrorCodes.LimitRegex },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_template_is_stopped_by_a_limit(string template, string code)
    {
        var error = Some.Result(template).Error.ShouldNotBeNull();
        error.Code.ShouldBe(code);
        error.Line.ShouldBe(1);
        error.Column.ShouldBeGreaterThan(1);
    }

    /// <summary>24 KB of nothing but nesting.</summary>
    public static TheoryData<string> Deep => new()
    {
        "{{ " + new string('(', 24_000) + " }}",
        "{{ " + new string('[', 24_000) + " }}",
        "{{ " + new string('-', 24_000) + "1 }}",
        "{{ " + string.Concat(Enumerable.Repeat("- ", 12_000)) + "1 }}",
        "{{ " + new string('!', 24_000) + "1 }}",
        "{{ " + new string('@', 24_000) + "f }}",
        "{{ " + string.Concat(Enumerable.Repeat("{a:", 8_000)) + " }}",
        "{{ 1" + string.Concat(Enumerable.Repeat("+1", 12_000)) + " }}",
        "{{ a" + string.Concat(Enumerable.Repeat(".b", 12_000)) + " }}",
        "{{ a" + string.Concat(Enumerable.Repeat("[0]", 8_000)) + " }}",
        "{{ 1" + string.Concat(Enumerable.Repeat("|math.abs", 2_500)) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("1?", 12_000)) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("$\"{", 8_000)) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("do;", 8_000)) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("f(", 12_000)) + " }}",
        string.Concat(Enumerable.Repeat("{{if 1}}", 3_000)),
        "{{ `" + new string('(', 24_000) + "` | object.eval }}",
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Nesting_is_an_error_and_never_a_stack_overflow(string template)
    {
        var compilation = Template.Compile(template, TemplateOptions.Text);
        var error = compilation.Succeeded ? compilation.Template.Render().Error.ShouldNotBeNull() : compilation.Errors[0];
        error.Code.ShouldBeOneOf(TemplateErrorCodes.LimitSource, TemplateErrorCodes.Syntax);
    }

    [Fact]
    public void Long_expressions_and_chains_of_else_are_fine()
    {
        Some.Text("{{ 1" + string.Concat(Enumerable.Repeat("+1", 1_500)) + " }}").ShouldBe("1501");
        Some.Text("{{ if false }}" + string.Concat(Enumerable.Repeat("{{ else if false }}", 2_000)) + "{{ else }}last{{ end }}").ShouldBe("last");
    }

    [Fact]
    public void Deep_calls_of_deep_expressions_are_an_error()
    {
        var sum = "1" + string.Concat(Enumerable.Repeat("+1", 1_900));
        Some.Result("{{ func f; ret " + sum + " + f; end; f }}").Error!.Code.ShouldBe(TemplateErrorCodes.LimitRecursion);
    }

    [Fact]
    public void Limits_are_inclusive()
    {
        Some.Result("{{ for i in 1..10; end }}", limits: new TemplateLimits { LoopSteps = 10 }).Succeeded.ShouldBeTrue();
        Some.Result("{{ for i in 1..11; end }}", limits: new TemplateLimits { LoopSteps = 10 }).Error!.Code.ShouldBe(TemplateErrorCodes.LimitLoop);
        Some.Result("12345", limits: new TemplateLimits { OutputLength = 5 }).Succeeded.ShouldBeTrue();
        Some.Result("123456", limits: new TemplateLimits { OutputLength = 5 }).Error!.Code.ShouldBe(TemplateErrorCodes.LimitOutput);
        Some.Result("{{ 'ab' * 2 }}", limits: new TemplateLimits { StringLength = 4 }).Succeeded.ShouldBeTrue();
        Some.Result("{{ 'ab' * 3 }}", limits: new TemplateLimits { StringLength = 4 }).Error!.Code.ShouldBe(TemplateErrorCodes.LimitString);
    }

    [Fact]
    public void A_template_that_is_too_long_is_refused()
    {
        var options = TemplateOptions.Text with { Limits = new TemplateLimits { SourceLength = 5 } };
        Template.Compile("12345", options).Succeeded.ShouldBeTrue();
        Template.Compile("123456", options).Errors[0].Code.ShouldBe(TemplateErrorCodes.LimitSource);
    }

    [Fact]
    public void Time_is_counted_by_the_clock_that_is_passed_in()
    {
        var clock = new StepClock();
        var template = Template.Compile("{{ while true; end }}", TemplateOptions.Text).TemplateOrThrow();
        template.Render(null, new RenderOptions { Time = clock }).Error!.Code.ShouldBe(TemplateErrorCodes.LimitTime);
    }

    [Fact]
    public void A_cancelled_render_stops()
    {
        var template = Template.Compile("{{ while true; end }}", TemplateOptions.Text).TemplateOrThrow();
        template.Render(null, new RenderOptions { Cancellation = new CancellationToken(canceled: true) }).Error!.Code.ShouldBe(TemplateErrorCodes.LimitTime);
    }

    [Fact]
    public void Errors_are_reported_up_to_their_limit()
    {
        var errors = Template.Compile(string.Concat(Enumerable.Repeat("{{ ] }}\n", 100))).Errors;
        errors.Count.ShouldBe(TemplateLimits.Default.Errors);
        errors[4].Line.ShouldBe(5);
    }

    /// <summary>A second passes with every look.</summary>
    private sealed class StepClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _ticks++;
    }
}
