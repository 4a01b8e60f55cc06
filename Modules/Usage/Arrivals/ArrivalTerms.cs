using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Abstractions.Values;

namespace Billing.Usage.Arrivals;

/// <summary>What is expected of a carrier.</summary>
/// <param name="Carrier">The carrier, as its format names it.</param>
/// <param name="Label">What people call these files: <c>Daily calls</c>.</param>
/// <param name="Every">How often they come.</param>
/// <param name="DueMinutes">So many minutes after the end of the hour, day or month it is about, a file must be here.</param>
/// <param name="FromOn">The first day that is expected.</param>
/// <param name="NamePattern">A regular expression for the whole of their names without folder, or null for all files of the carrier. Its group <c>date</c> says which hour, day or month a
/// file is about; its group <c>number</c>, which counts up by one, which files are missing.</param>
/// <param name="DateForm">How <c>date</c> is written: <c>yyyyMMdd</c>, <c>ddMMyy</c>, <c>yyyyMMddHH</c>, <c>yyyyMM</c>, ...</param>
public sealed record ArrivalTerms(string Carrier, string Label, ArrivalEvery Every, int DueMinutes, DateOnly FromOn, string? NamePattern, string? DateForm)
{
    private const int LongestDelay = 44_640;
    private const int MostRepeats = 10_000;

    /// <summary>What is wrong with it, by member; empty when nothing is.</summary>
    public IReadOnlyList<(string Member, Failure Failure)> Check()
    {
        var found = new List<(string, Failure)>();
        if (Carrier is not { Length: > 0 and <= 100 }) found.Add((nameof(Carrier), new Failure("arrival.no-carrier", "Say which carrier sends the files.")));
        if (Label is not { Length: > 0 and <= 100 }) found.Add((nameof(Label), new Failure("arrival.no-label", "Give these files a name of up to 100 characters, for example 'Daily calls'.")));
        if (DueMinutes is < 0 or > LongestDelay) found.Add((nameof(DueMinutes), new Failure("arrival.bad-due", "A file is due between 0 minutes and 31 days after the end of its hour, day or month.")));
        if (NamePattern is not null && Matcher().TryGet(out var names, out var bad) is var isGood)
        {
            if (!isGood) found.Add((nameof(NamePattern), bad!));
            else if (names!.GetGroupNames().Contains("date") != DateForm is not null)
                found.Add((nameof(DateForm), new Failure("arrival.bad-date", "A pattern with a group 'date' needs the form of that date, and a form needs the group.")));
        }
        if (DateForm is not null && !IsDateForm(DateForm, Every)) found.Add((nameof(DateForm), new Failure("arrival.bad-date", $"'{DateForm}' does not say which {Unit} a file is about. Write it with yyyy, MM, dd and HH, for example yyyyMMdd.")));
        return found;
    }

    internal string Unit => Every switch { ArrivalEvery.Hourly => "hour", ArrivalEvery.Daily => "day", _ => "month" };

    /// <summary>The names, as something that can be asked in time that does not depend on who wrote it.</summary>
    internal Result<Regex> Matcher()
    {
        if (NamePattern is { } pattern && Repeats(pattern) > MostRepeats) return new Failure("arrival.bad-pattern", "The pattern repeats something so often that no name is as long. Use smaller numbers in braces.");
        try
        {
            return new Regex($"^(?:{NamePattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return new Failure("arrival.bad-pattern", $"The pattern can't be used: {wrong.Message.ReplaceLineEndings(" ")}");
        }
    }

    // What repeats what repeats would take memory without measure.
    private static double Repeats(string pattern)
    {
        var product = 1.0;
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var close = pattern.IndexOf('}', open);
            if (close < 0) break;
            foreach (var part in pattern[(open + 1)..close].Split(','))
                if (double.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var times)) product *= Math.Max(1, times);
        }
        return product;
    }

    // Written and read again, the hour, day or month must still be there.
    private static bool IsDateForm(string form, ArrivalEvery every)
    {
        try
        {
            var sample = every switch { ArrivalEvery.Hourly => new DateTime(2026, 10, 21, 17, 0, 0), ArrivalEvery.Daily => new DateTime(2026, 10, 21), _ => new DateTime(2026, 10, 1) };
            return DateTime.TryParseExact(sample.ToString(form, CultureInfo.InvariantCulture), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read == sample;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
