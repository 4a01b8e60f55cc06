using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>An allowance that an account has.</summary>
/// <param name="Source">Where from.</param>
/// <param name="Id">Which grant, or the first slice of which recurring charge.</param>
/// <param name="AllowanceId">Which allowance, as stored.</param>
/// <param name="Allowance">What it gives.</param>
/// <param name="Slices">The days it is had, in order and without overlap; several where the quantity changed.</param>
/// <param name="AnchorDay">Day of the month its periods begin on.</param>
/// <param name="Service">The one service it is for; null when it is the account's.</param>
/// <param name="Site">That service's site; null when it has none, or there is no service.</param>
public sealed record AllowanceGrant(
    GrantSource Source, long Id, long AllowanceId, Allowance Allowance, IReadOnlyList<GrantSlice> Slices, int AnchorDay, long? Service, long? Site)
{
    /// <summary>First day after the last slice; null while there is no end.</summary>
    public DateOnly? EndsOn => Slices[^1].Valid.To;

    /// <summary>True when it is had on a day.</summary>
    public bool IsHadOn(DateOnly day)
    {
        foreach (var slice in Slices)
            if (slice.Valid.Contains(day)) return true;
        return false;
    }

    /// <summary>Whose pool a call of a service draws from; null when it is not this grant's.</summary>
    internal long? OwnerOf(DrawCall call) => Allowance.Pool switch
    {
        AllowancePool.Service => Service is null || Service == call.Service ? call.Service : null,
        AllowancePool.Site => Service is null || Site == call.Site ? call.Site ?? 0 : null,
        _ => call.Account,
    };

    /// <summary>How much it holds in a period.</summary>
    public AllowanceUnits SizeIn(DateInterval period)
    {
        var share = ShareOf(period);
        var size = default(AllowanceUnits);
        foreach (var limit in Allowance.Limits)
        {
            // Units go up to whole ones, in the customer's favour; money to a hundredth.
            var whole = limit.Measure == AllowanceMeasure.Money ? Money.Round(limit.Size * share, Rounding.Up, 0.01m) : decimal.Ceiling(decimal.Round(limit.Size * share, 9, MidpointRounding.AwayFromZero));
            size = size.With(limit.Measure, whole);
        }
        return size;
    }

    // How many of the allowance the period is worth.
    private decimal ShareOf(DateInterval period)
    {
        var (most, days) = (0m, 0m);
        for (var i = 0; i < Slices.Count; i++)
        {
            var (valid, quantity) = (Slices[i].Valid, Slices[i].Quantity);
            // The end of the last slice takes nothing back from the period it is in.
            if (i == Slices.Count - 1 && valid.To is { } to && to > period.From && to < period.To) valid = new DateInterval(valid.From, period.To);
            if (valid.Intersect(period) is not { IsEmpty: false } shared) continue;
            most = Math.Max(most, quantity);
            days += quantity * shared.Days;
        }
        return Allowance.FirstPeriod == PartPeriod.Full ? most : days / period.Days;
    }
}
