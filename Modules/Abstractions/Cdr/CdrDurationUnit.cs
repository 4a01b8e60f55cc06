namespace Billing.Abstractions.Cdr;

/// <summary>How a duration is written.</summary>
public enum CdrDurationUnit
{
    /// <summary><c>61</c> or <c>60.4</c></summary>
    Seconds,

    /// <summary><c>61000</c></summary>
    Milliseconds,

    /// <summary><c>2</c> or <c>1.5</c></summary>
    Minutes,

    /// <summary><c>1:01:01</c>, <c>0001:01:01</c> or <c>01:01</c> (minutes and seconds)</summary>
    Clock,

    /// <summary><c>61000000000</c></summary>
    Nanoseconds,

    /// <summary><c>1h2m3s</c>, <c>61s</c> or <c>1m1.5s</c></summary>
    Spelled,
}
