namespace Billing.Rating.Allowances;

/// <summary>How much of each measure: drawn from a pool, used of it, left in it, or its size.</summary>
/// <param name="Seconds">Seconds, as the allowance counts them.</param>
/// <param name="Messages">Messages.</param>
/// <param name="Bytes">Bytes.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Money">Money, without VAT.</param>
public readonly record struct AllowanceUnits(decimal Seconds, decimal Messages, decimal Bytes, decimal Calls, decimal Money)
{
    /// <summary>So much of one measure and nothing of the others.</summary>
    public static AllowanceUnits Of(AllowanceMeasure measure, decimal amount) => default(AllowanceUnits).With(measure, amount);

    /// <summary>How much of one measure.</summary>
    public decimal this[AllowanceMeasure measure] => measure switch
    {
        AllowanceMeasure.Seconds => Seconds,
        AllowanceMeasure.Messages => Messages,
        AllowanceMeasure.Bytes => Bytes,
        AllowanceMeasure.Calls => Calls,
        _ => Money,
    };

    /// <summary>The same with another amount of one measure.</summary>
    public AllowanceUnits With(AllowanceMeasure measure, decimal amount) => measure switch
    {
        AllowanceMeasure.Seconds => this with { Seconds = amount },
        AllowanceMeasure.Messages => this with { Messages = amount },
        AllowanceMeasure.Bytes => this with { Bytes = amount },
        AllowanceMeasure.Calls => this with { Calls = amount },
        _ => this with { Money = amount },
    };

    /// <summary>Both together.</summary>
    public static AllowanceUnits operator +(AllowanceUnits a, AllowanceUnits b) =>
        new(a.Seconds + b.Seconds, a.Messages + b.Messages, a.Bytes + b.Bytes, a.Calls + b.Calls, a.Money + b.Money);

    /// <summary>What is given back.</summary>
    public static AllowanceUnits operator -(AllowanceUnits a) => default(AllowanceUnits) - a;

    /// <summary>One less the other.</summary>
    public static AllowanceUnits operator -(AllowanceUnits a, AllowanceUnits b) =>
        new(a.Seconds - b.Seconds, a.Messages - b.Messages, a.Bytes - b.Bytes, a.Calls - b.Calls, a.Money - b.Money);
}
