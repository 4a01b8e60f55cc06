using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Asterisk;

/// <summary>
/// The unique id of a channel, <c>1690325492.2</c> or <c>pbx1-1690325492.2</c>: the second in which the channel was made, counted from 1970 in UTC, and a number.
/// It is the only thing in the file that tells which zone the other times are in.
/// </summary>
static class AsteriskUniqueId
{
    private const int QuarterHour = 900;

    /// <summary>The channel is made a moment before the call record; a busy exchange takes a second over it.</summary>
    private const int Tolerance = 2;

    public static bool TryRead(ReadOnlySpan<byte> id, out long epochSeconds)
    {
        epochSeconds = 0;
        var dot = id.LastIndexOf((byte)'.');
        if (dot < 9 || dot == id.Length - 1 || id[(dot + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        var seconds = id[..dot];
        // A system name comes first and ends with a dash.
        seconds = seconds[(seconds.LastIndexOf((byte)'-') + 1)..];
        if (seconds.Length is < 9 or > 10) return false;
        foreach (var c in seconds)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            epochSeconds = epochSeconds * 10 + (c - '0');
        }
        return true;
    }

    /// <summary>
    /// Gives the start the offset that the id proves: the clock must be a whole quarter of an hour away from the id, at most 14 hours. Otherwise the
    /// start stays as it is, in the zone that the settings name.
    /// </summary>
    public static CdrTime WithOffset(CdrTime start, ReadOnlySpan<byte> id)
    {
        if (start.IsUnset || !TryRead(id, out var epochSeconds)) return start;
        var difference = (start.Clock - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - epochSeconds;
        var quarters = (long)Math.Round(difference / (double)QuarterHour, MidpointRounding.AwayFromZero);
        return Math.Abs(difference - quarters * QuarterHour) <= Tolerance && Math.Abs(quarters) <= 14 * 4
            ? start with { Offset = TimeSpan.FromSeconds(quarters * QuarterHour) }
            : start;
    }
}
