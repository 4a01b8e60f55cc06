using System.Globalization;

namespace Billing.Portal.Seen;

/// <summary>Where a page of calls ends, so that the next one goes on there however many calls came in meanwhile.</summary>
/// <param name="StartedAt">When the last call of the page began.</param>
/// <param name="FileId">What tells it from others of the same moment.</param>
/// <param name="Line">The same.</param>
internal readonly record struct CallKey(DateTimeOffset StartedAt, long FileId, long Line)
{
    /// <summary>Reads one from an address; null for anything that is none.</summary>
    public static CallKey? Parse(string? text) =>
        text?.Split('-') is [var ticks, var file, var line] && Number(ticks) is { } t && t <= DateTimeOffset.MaxValue.Ticks && Number(file) is { } f && Number(line) is { } l
            ? new(new DateTimeOffset(t, TimeSpan.Zero), f, l)
            : null;

    /// <summary>As it stands in an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StartedAt.UtcTicks}-{FileId}-{Line}");

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
