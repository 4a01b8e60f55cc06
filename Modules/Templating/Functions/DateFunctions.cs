using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>date.*</c>: dates of the model, <c>date.now</c> from the render's clock, and their formats.</summary>
static class DateFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("date")
        .Add("default_format", new ContextValue(static _ => Dates.DefaultFormat))
        .Add("format", new ContextValue(static context => context.DateFormat, static (context, value) =>
        {
            context.DateFormat = value is null ? Dates.DefaultFormat : Text.Of(value);
            return true;
        }))
        .Add("now", static (in Arguments a) => a.Context.Options.Time.GetLocalNow())
        .Add("add_days", static (in Arguments a) => Add(a, static (date, count) => date.AddDays(count)), "date", "days")
        .Add("add_months", static (in Arguments a) => Add(a, static (date, count) => date.AddMonths(checked((int)count))), "date", "months")
        .Add("add_years", static (in Arguments a) => Add(a, static (date, count) => date.AddYears(checked((int)count))), "date", "years")
        .Add("add_hours", static (in Arguments a) => Add(a, static (date, count) => date.AddHours(count)), "date", "hours")
        .Add("add_minutes", static (in Arguments a) => Add(a, static (date, count) => date.AddMinutes(count)), "date", "minutes")
        .Add("add_seconds", static (in Arguments a) => Add(a, static (date, count) => date.AddSeconds(count)), "date", "seconds")
        .Add("add_milliseconds", static (in Arguments a) => Add(a, static (date, count) => date.AddMilliseconds(count)), "date", "millis")
        .Add("parse", static (in Arguments a) => Parse(a, 0, 1, 2), "text", "pattern?", "culture?")
        .Add("parse_to_string", static (in Arguments a) => Parse(a, 0, 3, 4) is { } date ? Format(a, date, 1, 2) : null,
            "text", "output_pattern?", "output_culture?", "input_pattern?", "input_culture?")
        .Add("to_string", static (in Arguments a) => a.Date(0) is { } date ? Format(a, date, 1, 2) : null, "datetime", "pattern?", "culture?")
        .Seal();

    private static DateTimeOffset? Add(in Arguments a, Func<DateTimeOffset, double, DateTimeOffset> add)
    {
        if (a.Date(0) is not { } date) return null;
        try
        {
            var count = Numbers.ToDouble(a.Number(1));
            return double.IsFinite(count) ? add(date, count) : throw new ValueException(TemplateErrorCodes.Arithmetic, "The number to add is not finite.");
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new ValueException(TemplateErrorCodes.Arithmetic, "The date is beyond the years 1 to 9999.");
        }
    }

    private static DateTimeOffset? Parse(in Arguments a, int text, int pattern, int culture)
    {
        if (!a.Has(text)) return null;
        if (Dates.From(a[text]) is { } date) return date;
        var written = a.Text(text);
        if (written.Length is 0 or > 200) return null;
        return a.Has(pattern) ? Dates.Parse(written, a.Text(pattern), a.Culture(culture)) : Dates.Parse(written, a.Culture(culture));
    }

    private static string Format(in Arguments a, DateTimeOffset date, int pattern, int culture)
    {
        var written = a.Has(pattern) ? a.Text(pattern) : a.Context.DateFormat;
        a.Context.CheckText(written.Length * 4L);
        return a.Made(Dates.Format(date, written, a.Culture(culture), a.Context.DateFormat));
    }
}
