namespace Billing.Access.Tests;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class MovedClock : TimeProvider
{
    DateTimeOffset _now = new(2026, 11, 1, 9, 30, 0, TimeSpan.Zero);

    public void Move(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
