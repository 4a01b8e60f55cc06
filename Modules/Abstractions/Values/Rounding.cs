namespace Billing.Abstractions.Values;

/// <summary>Which way an amount is rounded. There is no default: the trade uses all four, and .NET's own is the rarest.</summary>
public enum Rounding
{
    /// <summary>Away from zero, always: 0.0801 to whole pennies is 0.09, and -0.0801 is -0.09.</summary>
    Up,

    /// <summary>Towards zero, always.</summary>
    Down,

    /// <summary>To the nearest; a half goes away from zero. What people call "normal" rounding.</summary>
    HalfUp,

    /// <summary>To the nearest; a half goes to the even neighbour ("banker's").</summary>
    HalfEven,
}
