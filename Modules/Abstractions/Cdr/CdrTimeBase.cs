namespace Billing.Abstractions.Cdr;

/// <summary>Which clock the times of a format were read from. A format must say; the server's own zone is never a guess.</summary>
public sealed record CdrTimeBase
{
    private CdrTimeBase(string? zone) => Zone = zone;

    /// <summary>IANA name of the zone whose wall clock is in the file; null when the file's times need no zone.</summary>
    public string? Zone { get; }

    /// <summary>The file holds UTC, or every time in it carries its own offset (<see cref="CdrTime.Offset"/>).</summary>
    public static CdrTimeBase Utc { get; } = new(null as string);

    /// <summary>
    /// The file holds the wall clock of a zone. In the hour that an autumn clock change repeats, the host takes the earlier of the two
    /// instants and marks the call; in the hour that a spring change skips, it moves the time forward by the skipped hour and marks it.
    /// </summary>
    /// <param name="zone">IANA name, for example <c>Europe/London</c>.</param>
    public static CdrTimeBase Local(string zone)
    {
        ArgumentException.ThrowIfNullOrEmpty(zone);
        return new(zone);
    }

    /// <summary>"UTC" or the zone's name.</summary>
    public override string ToString() => Zone ?? "UTC";
}
