using System.Runtime.CompilerServices;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>
/// A tariff as tables. Made once per tariff version, shared by every thread, never changed: <see cref="Rate"/> allocates nothing,
/// reads no clock and asks no rule of the time zone.
/// </summary>
public sealed class CompiledTariff
{
    private const decimal HighestCost = 1_000_000_000m;

    private readonly RateIndex rates;
    private readonly CompiledTerms[] terms;
    private readonly decimal[] prices;
    private readonly BandTable bands;
    private readonly ZoneClock clock;
    private readonly ChargeRounding rounding;
    private readonly bool splitsBands;
    private readonly bool prefersChargeCode;

    internal CompiledTariff(Tariff tariff, RateIndex rates, CompiledTerms[] terms, decimal[] prices)
    {
        Tariff = tariff;
        this.rates = rates;
        this.terms = terms;
        this.prices = prices;
        bands = new BandTable(tariff.TimeBands, tariff.Holidays);
        clock = ZoneClock.For(tariff.TimeZone);
        rounding = new ChargeRounding(tariff.Rounding);
        splitsBands = tariff.BandPricing == BandPricing.Split && !bands.IsSingle;
        prefersChargeCode = tariff.PreferChargeCode;
    }

    /// <summary>What was compiled.</summary>
    public Tariff Tariff { get; }

    /// <summary>Makes the tables: milliseconds for a retail tariff, about a second for a deck of hundreds of thousands.</summary>
    public static CompiledTariff Compile(Tariff tariff)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        return TariffCompiler.Compile(tariff);
    }

    /// <summary>Prices one call. Thread safe; allocates nothing.</summary>
    public CallCharge Rate(in CallToRate call)
    {
        var nobody = default(Unrecorded);
        return Price(in call, ref nobody);
    }

    /// <summary>Prices one call and says how. The charge is the one that <see cref="Rate"/> returns, from the same code.</summary>
    public CallExplanation Explain(in CallToRate call)
    {
        var recorder = new StepRecorder(Tariff);
        var charge = Price(in call, ref recorder);
        return new CallExplanation(charge, recorder.Steps);
    }

    // The order of the steps is the contract (R3): rate, duration, usage, per call, connection, minimum, maximum, rounding, sign.
    private CallCharge Price<TRecorder>(in CallToRate call, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var isReversal = call.Cost < 0 || call.DurationSeconds < 0;
        if (Refuse(in call) is not RatingError.None and var refusal) return new CallCharge(refusal);

        // Math.Abs, because some carriers write a reversal's duration with a minus as well.
        var seconds = Math.Abs(call.DurationSeconds);
        var startedAt = call.StartedAt.ToUnixTimeSeconds();
        var found = rates.Find(in call, startedAt, prefersChargeCode, out var isKnown);
        if (found >= 0) recorder.Matched(in call, rates[found].Position);

        if (seconds == 0) return PriceWithoutDuration(in call, found, ref recorder);
        if (found < 0)
        {
            recorder.Unmatched(in call, isKnown);
            return PriceByCost(in call, isKnown, ref recorder);
        }

        ref readonly var rate = ref rates[found];
        var t = terms[rate.Terms];
        if (t.IsFree)
        {
            recorder.Free();
            return new CallCharge(0, rate.Position, 0, 0);
        }
        if (seconds < t.MinimumSeconds)
        {
            recorder.BelowMinimumSeconds(seconds, t.MinimumSeconds);
            return new CallCharge(0, rate.Position, 0, 0);
        }

        var band = 0;
        if (!bands.IsSingle)
        {
            var offset = clock.OffsetSecondsAt(startedAt);
            band = bands.BandAt(startedAt + offset);
            recorder.StartedInBand(in call, band, offset);
        }

        var amount = PriceUsage(in rate, t, startedAt, seconds, band, out var billable, ref recorder);
        amount = AddFees(t, band, amount, ref recorder);
        if (isReversal)
        {
            // R16: the record describes the call that is taken back, so its price is that call's with the sign turned; adding a
            // set-up fee to a negative usage, or holding it to a minimum, would be another amount than was charged.
            var rounded = Round(amount, ref recorder);
            var turned = CallCharge.Turn(rounded);
            recorder.Reversed(turned);
            return new CallCharge(turned, rate.Position, band, billable);
        }
        return new CallCharge(Round(amount, ref recorder), rate.Position, band, billable);
    }

    private decimal PriceUsage<TRecorder>(
        in CompiledRate rate, CompiledTerms t, long startedAt, int seconds, int band, out int billable, ref TRecorder recorder)
        where TRecorder : struct, IStepRecorder
    {
        billable = 0;
        if (rate.PerMinuteAt < 0) return 0;
        var charged = seconds - t.FreeSeconds;
        if (charged > 0) billable = t.Billable(charged);
        recorder.Interval(seconds, t, billable);
        if (billable == 0) return 0;

        // Price times seconds is exact; one division at the end, so that the slices of a split call add up to the whole.
        decimal priceSeconds;
        if (splitsBands)
        {
            priceSeconds = SumSlices(rate.PerMinuteAt, startedAt + t.FreeSeconds, billable, ref recorder);
        }
        else
        {
            var perMinute = prices[rate.PerMinuteAt + band];
            recorder.Slice(band, perMinute, billable);
            priceSeconds = perMinute * billable;
        }
        var usage = priceSeconds / 60m;
        recorder.Usage(usage);
        return usage;
    }

    // R6: billable seconds lie on the clock from the start of the call on, the interval's last ones perhaps after its end.
    private decimal SumSlices<TRecorder>(int perMinuteAt, long second, int seconds, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var sum = 0m;
        var band = -1;
        var sliceSeconds = 0;
        while (seconds > 0)
        {
            var here = bands.BandAt(second + clock.OffsetSecondsAt(second), out var left);
            left = Math.Min(seconds, Math.Min(left, clock.SecondsOfSameOffset(second)));
            if (here != band)
            {
                sum += TakeSlice(perMinuteAt, band, sliceSeconds, ref recorder);
                band = here;
                sliceSeconds = 0;
            }
            sliceSeconds += left;
            second += left;
            seconds -= left;
        }
        return sum + TakeSlice(perMinuteAt, band, sliceSeconds, ref recorder);
    }

    private decimal TakeSlice<TRecorder>(int perMinuteAt, int band, int seconds, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (seconds == 0) return 0;
        var perMinute = prices[perMinuteAt + band];
        recorder.Slice(band, perMinute, seconds);
        return perMinute * seconds;
    }

    private decimal AddFees<TRecorder>(CompiledTerms t, int band, decimal amount, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (t.PerCallAt >= 0)
        {
            var perCall = prices[t.PerCallAt + band];
            amount += perCall;
            recorder.PerCall(perCall, amount);
        }

        var connection = 0m;
        if (t.ConnectionAt >= 0)
        {
            connection = prices[t.ConnectionAt + band];
            amount += connection;
            recorder.Connection(connection, amount);
        }

        // A minimum that must be reached by usage alone is one that, connection added, is that much higher.
        if (t.Minimum != 0)
        {
            var least = t.MinimumIncludesConnection ? t.Minimum : t.Minimum + connection;
            var before = amount;
            if (amount < least) amount = least;
            recorder.Minimum(t.Minimum, t.MinimumIncludesConnection, before, amount);
        }
        if (t.HasMaximum)
        {
            var most = t.MaximumIncludesConnection ? t.Maximum : t.Maximum + connection;
            var before = amount;
            if (amount > most) amount = most;
            recorder.Maximum(t.Maximum, t.MaximumIncludesConnection, before, amount);
        }
        return amount;
    }

    // R1: kept, not charged. A credit without a duration can only be the carrier's own amount (R16).
    private CallCharge PriceWithoutDuration<TRecorder>(in CallToRate call, int found, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var position = found < 0 ? CallCharge.NoRate : rates[found].Position;
        recorder.NoDuration();
        if (!(call.Cost < 0)) return new CallCharge(0, position, 0, 0);
        if (found >= 0 && terms[rates[found].Terms].IsFree)
        {
            recorder.Free();
            return new CallCharge(0, position, 0, 0);
        }
        return PriceFromCost(in call, position, ref recorder);
    }

    private CallCharge PriceByCost<TRecorder>(in CallToRate call, bool isKnown, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (Tariff.CostMarkup is not null)
            return call.Cost is null ? new CallCharge(RatingError.NoCost) : PriceFromCost(in call, CallCharge.NoRate, ref recorder);
        if (isKnown) return new CallCharge(RatingError.NoRate);
        return new CallCharge(call.To.IsUnset ? RatingError.NoNumber : RatingError.UnknownDestination);
    }

    private CallCharge PriceFromCost<TRecorder>(in CallToRate call, int position, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (!call.CostCurrency.IsUnset && call.CostCurrency != Tariff.Currency) return new CallCharge(RatingError.Currency);
        var cost = call.Cost.GetValueOrDefault();
        var size = Math.Abs(cost);
        if (Tariff.CostMarkup is { } markup)
        {
            size *= 1 + markup.Percent / 100;
            recorder.MarkedUp(Math.Abs(cost), markup.Percent, size);
        }
        else recorder.CarrierAmount(size);

        var charge = Round(size, ref recorder);
        if (cost >= 0) return new CallCharge(charge, position, 0, 0);
        var turned = CallCharge.Turn(charge);
        recorder.Reversed(turned);
        return new CallCharge(turned, position, 0, 0);
    }

    private decimal Round<TRecorder>(decimal amount, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var rounded = rounding.Apply(amount);
        recorder.Rounded(amount, rounded);
        return rounded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RatingError Refuse(in CallToRate call)
    {
        if (call.DurationSeconds > CallToRate.LongestDurationSeconds || call.DurationSeconds < -CallToRate.LongestDurationSeconds) return RatingError.BadDuration;
        if (call.DurationSeconds < 0 && call.Cost > 0) return RatingError.BadDuration;
        return call.Cost is { } cost && (cost >= HighestCost || cost <= -HighestCost) ? RatingError.BadCost : RatingError.None;
    }
}
