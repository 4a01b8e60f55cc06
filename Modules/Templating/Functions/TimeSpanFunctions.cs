using System.Globalization;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>timespan.*</c></summary>
static class TimeSpanFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("timespan")
        .Add("zero", new ContextValue(static _ => TimeSpan.Zero))
        .Add("from_days", static (in Arguments a) => From(a, TimeSpan.TicksPerDay), "days")
        .Add("from_hours", static (in Arguments a) => From(a, TimeSpan.TicksPerHour), "hours")
        .Add("from_minutes", static (in Arguments a) => From(a, TimeSpan.TicksPerMinute), "minutes")
        .Add("from_seconds", static (in Arguments a) => From(a, TimeSpan.TicksPerSecond), "seconds")
        .Add("from_milliseconds", static (in Arguments a) => From(a, TimeSpan.TicksPerMillisecond), "millis")
        .Add("parse", static (in Arguments a) => Parse(a), "text")
        .Seal();

    private static TimeSpan From(in Arguments a, long unit)
    {
        var ticks = Numbers.ToDouble(a.Number(0)) * unit;
        return Math.Abs(ticks) < 9.2e18 ? new TimeSpan((long)ticks) : throw new ValueException(TemplateErrorCodes.Arithmetic, "The time span is too long.");
    }

    private static TimeSpan? Parse(in Arguments a)
    {
        if (!a.Has(0)) return null;
        return TimeSpan.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var span) ? span : throw a.Bad("the text is not a time span such as `1.02:30:00`.");
    }
}
