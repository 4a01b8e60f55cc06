namespace Billing.Abstractions.Cdr;

/// <summary>A time as the file has it: a clock reading and, where the file says so, its offset from UTC.</summary>
/// <param name="Clock">The reading, of kind <see cref="DateTimeKind.Unspecified"/>; its zone is the format's <see cref="CdrTimeBase"/> unless there is an offset.</param>
/// <param name="Offset">What the file says the clock is ahead of UTC; null when it says nothing.</param>
public readonly record struct CdrTime(DateTime Clock, TimeSpan? Offset = null)
{
    /// <summary>True for <c>default</c>: the file has no such time.</summary>
    public bool IsUnset => Clock == default;
}
