namespace Billing.Templating.Tests;

static class Some
{
    /// <summary>Noon on 20 July 2026 in a zone one hour ahead of UTC.</summary>
    public static TimeProvider Clock { get; } = new FixedClock(new DateTimeOffset(2026, 7, 20, 11, 0, 0, TimeSpan.Zero));

    /// <summary>The text a template gives without escaping; an error fails the test.</summary>
    public static string Text(string template, object? model = null) => Result(template, model).TextOrThrow();

    public static RenderResult Result(string template, object? model = null, TemplateLimits? limits = null) =>
        Template.Compile(template, TemplateOptions.Text with { Limits = limits ?? TemplateLimits.Default }).TemplateOrThrow().Render(model, new RenderOptions { Time = Clock });

    /// <summary>The text an HTML template gives.</summary>
    public static string Html(string template, object? model = null) => Template.Compile(template).TemplateOrThrow().Render(model).TextOrThrow();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("one", TimeSpan.FromHours(1), "one", "one");
    }
}
