using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>
/// A tariff as tables. Made once per tariff version, shared by every thread, never changed: <see cref="Rate"/> allocates nothing,
/// reads no clock and asks no rule of the time zone.
/// </summary>
public sealed partial class CompiledTariff
{
    private const decimal HighestCost = 1_000_000_000m;

    private readonly RateIndex[] indexes;                   // by kind
    private readonly CompiledTerms[] terms;
    private readonly CompiledStage[][] stages;
    private readonly decimal[] prices;
    private readonly BandTable bands;
    private readonly ZoneClock clock;
    private readonly ChargeRounding rounding;
    private readonly bool splitsBands;
    private readonly bool prefersChargeCode;

    internal CompiledTariff(Tariff tariff, RateIndex[] indexes, CompiledTerms[] terms, CompiledStage[][] stages, decimal[] prices)
    {
        Tariff = tariff;
        this.indexes = indexes;
        this.terms = terms;
        this.stages = stages;
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

    // The order of the steps is the contract (R3): rate, duration, usage, per call, connection, minimum, maximum, rounding, access charge, sign.
    private CallCharge Price<TRecorder>(in CallToRate call, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var isReversal = call.Cost < 0 || call.DurationSeconds < 0;
        if (Refuse(in call) is not RatingError.None and var refusal) return new CallCharge(refusal);

        // Math.Abs, because some carriers write a reversal's duration with a minus as well.
        var seconds = Math.Abs(call.DurationSeconds);
        var startedAt = call.StartedAt.ToUnixTimeSeconds();
        var rates = indexes[(int)call.Kind];
        var found = rates.Find(in call, startedAt, prefersChargeCode, out var isKnown);
        if (found >= 0) recorder.Matched(in call, rates[found].Position);

        if (call.Kind == CdrKind.Voice ? seconds == 0 : call.Quantity == 0) return PriceUnused(in call, rates, found, ref recorder);
        if (found < 0)
        {
            recorder.Unmatched(in call, isKnown);
            return PriceWithoutRate(in call, isKnown, ref recorder);
        }

        ref readonly var rate = ref rates[found];
        var t = terms[rate.Terms];
        var (band, offset) = (0, 0);
        if (!bands.IsSingle)
        {
            offset = clock.OffsetSecondsAt(startedAt);
            band = bands.BandAt(startedAt + offset);
        }
        if (t.IsFree)
        {
            recorder.Free();
            return new CallCharge(0, rate.Position, band, 0);
        }
        if (t.IsCostPlus) return PriceFromCost(in call, rate.Position, band, t.CostPlusPercent, ref recorder);
        if (seconds < t.MinimumSeconds)
        {
            recorder.BelowMinimumSeconds(seconds, t.MinimumSeconds);
            return new CallCharge(0, rate.Position, band, 0);
        }

        if (!bands.IsSingle) recorder.StartedInBand(in call, band, offset);
        if (call.Kind != CdrKind.Voice) return PriceQuantity(in call, in rate, t, band, isReversal, ref recorder);

        var amount = PriceUsage(in rate, t, startedAt, seconds, band, out var billable, ref recorder);
        var charge = Round(AddFees(t, band, amount, ref recorder), ref recorder);
        return isReversal || t.IsService
            ? Finish(t, charge, seconds, isReversal, rate.Position, band, billable, ref recorder)
            : new CallCharge(charge, rate.Position, band, billable);
    }

    // Apart from the loop that prices ordinary calls, as everything is that few calls need: it keeps that loop's method small.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallCharge Finish<TRecorder>(CompiledTerms t, decimal charge, int seconds, bool isReversal, int position, int band, int billable, ref TRecorder recorder)
        where TRecorder : struct, IStepRecorder
    {
        var access = 0m;
        if (t.IsService)
        {
            access = PriceAccess(charge, seconds, ref recorder);
            charge += access;
        }
        if (isReversal)
        {
            // R16: the record describes the call that is taken back, so its price is that call's with the sign turned; adding a
            // set-up fee to a negative usage, or holding it to a minimum, would be another amount than was charged.
            charge = CallCharge.Turn(charge);
            access = CallCharge.Turn(access);
            recorder.Reversed(charge);
        }
        return t.IsService ? CallCharge.OfParts(charge, access, position, band, billable) : new CallCharge(charge, position, band, billable);
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

    // N5: one figure for the whole tariff, with intervals of its own, rounded by itself.
    private decimal PriceAccess<TRecorder>(decimal service, int seconds, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        recorder.Service(service);
        var terms = Tariff.AccessCharge!;
        var billable = CompiledTerms.Billable(seconds, terms.FirstSeconds, terms.NextSeconds);
        var amount = terms.PerMinute * billable / 60m;
        recorder.Access(seconds, terms, billable, amount);
        var access = Round(amount, ref recorder);
        recorder.Parts(service, access, service + access);
        return access;
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
        if (call.Kind != CdrKind.Voice && (call.Quantity is < 0 or > CallToRate.LargestQuantity || call.Kind is not (CdrKind.Sms or CdrKind.Data))) return RatingError.BadQuantity;
        return call.Cost is { } cost && (cost >= HighestCost || cost <= -HighestCost) ? RatingError.BadCost : RatingError.None;
    }
}
