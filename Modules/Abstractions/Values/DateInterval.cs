using System.Globalization;

namespace Billing.Abstractions.Values;

/// <summary>
/// Days from <see cref="From"/> (included) to <see cref="To"/> (<b>not</b> included), so that intervals that follow each other
/// share a date and never overlap. "Until the 15th included" is <c>To</c> = the 16th.
/// </summary>
public readonly record struct DateInterval
{
    /// <summary>Makes an interval; both ends may be equal only by <see cref="IsEmpty"/> being true.</summary>
    /// <param name="from">First day that belongs to it.</param>
    /// <param name="to">First day that does not belong to it any more; null for an interval without an end.</param>
    /// <exception cref="ArgumentException"><paramref name="to"/> is before <paramref name="from"/>.</exception>
    public DateInterval(DateOnly from, DateOnly? to)
    {
        if (to < from)
            throw new ArgumentException($"An interval can't end ({to:yyyy-MM-dd}) before it starts ({from:yyyy-MM-dd}).", nameof(to));
        From = from;
        To = to;
    }

    /// <summary>First day that belongs to the interval.</summary>
    public DateOnly From { get; }

    /// <summary>First day after it; null while it is open.</summary>
    public DateOnly? To { get; }

    /// <summary>True when not even one day belongs to it.</summary>
    public bool IsEmpty => To == From;

    /// <summary>Number of days.</summary>
    /// <exception cref="InvalidOperationException">The interval has no end.</exception>
    public int Days => To is { } to ? to.DayNumber - From.DayNumber : throw new InvalidOperationException($"{this} has no end.");

    /// <summary>True when the day belongs to the interval.</summary>
    public bool Contains(DateOnly day) => day >= From && (To is not { } to || day < to);

    /// <summary>True when at least one day belongs to both.</summary>
    public bool Overlaps(DateInterval other) => Intersect(other) is { IsEmpty: false };

    /// <summary>The days that belong to both, or null when the two do not even touch.</summary>
    public DateInterval? Intersect(DateInterval other)
    {
        var from = From > other.From ? From : other.From;
        var to = (To, other.To) switch
        {
            (null, var b) => b,
            (var a, null) => a,
            ({ } a, { } b) => a < b ? a : b,
        };
        return to < from ? null : new DateInterval(from, to);
    }

    /// <summary>For example <c>[2026-01-01, 2026-02-01)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{From:yyyy-MM-dd}, {To:yyyy-MM-dd})");
}
