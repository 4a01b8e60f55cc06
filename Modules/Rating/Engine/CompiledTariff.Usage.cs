using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;

namespace Billing.Rating.Engine;

/// <summary>From what was used to an amount: seconds in intervals, bands and stages; messages; bytes.</summary>
public sealed partial class CompiledTariff
{
    private decimal PriceUsage<TRecorder>(
        in CompiledRate rate, CompiledTerms t, long startedAt, int seconds, int band, out int billable, ref TRecorder recorder)
        where TRecorder : struct, IStepRecorder
    {
        billable = 0;
        if (t.StagesAt >= 0) return PriceStages(stages[t.StagesAt], t, startedAt, seconds, band, out billable, ref recorder);
        if (rate.UnitPriceAt < 0) return 0;
        var charged = seconds - t.FreeSeconds;
        if (charged > 0) billable = t.Billable(charged);
        recorder.Interval(seconds, t, billable);
        if (billable == 0) return 0;

        // Price times seconds is exact; one division at the end, so that the slices of a split call add up to the whole.
        var usage = PriceSeconds(rate.UnitPriceAt, startedAt + t.FreeSeconds, billable, band, ref recorder) / 60m;
        recorder.Usage(usage);
        return usage;
    }

    // Stages begin where an interval of the one before ends (checked when the tariff is read), so their billable seconds follow each other without a gap.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private decimal PriceStages<TRecorder>(
        CompiledStage[] list, CompiledTerms t, long startedAt, int seconds, int band, out int billable, ref TRecorder recorder)
        where TRecorder : struct, IStepRecorder
    {
        billable = 0;
        var charged = seconds - t.FreeSeconds;
        if (charged <= 0) recorder.Interval(seconds, t, 0);
        var priceSeconds = 0m;
        foreach (ref readonly var stage in list.AsSpan())
        {
            var within = Math.Min(charged, stage.To) - stage.From;
            if (within <= 0) break;
            if (stage.PriceAt < 0) continue;
            var units = CompiledTerms.Billable(within, stage.FirstSeconds, stage.NextSeconds);
            recorder.Stage(seconds, t.FreeSeconds, in stage, units);
            priceSeconds += PriceSeconds(stage.PriceAt, startedAt + t.FreeSeconds + stage.From, units, band, ref recorder);
            billable += units;
        }
        if (billable == 0) return 0;
        var usage = priceSeconds / 60m;
        recorder.Usage(usage);
        return usage;
    }

    private decimal PriceSeconds<TRecorder>(int priceAt, long from, int seconds, int band, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (splitsBands) return SumSlices(priceAt, from, seconds, ref recorder);
        var perMinute = prices[priceAt + band];
        recorder.Slice(band, perMinute, seconds);
        return perMinute * seconds;
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

    // R15. A message or a session belongs to the band of its start: nothing says when within a session its bytes went.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallCharge PriceQuantity<TRecorder>(in CallToRate call, in CompiledRate rate, CompiledTerms t, int band, bool isReversal, ref TRecorder recorder)
        where TRecorder : struct, IStepRecorder
    {
        var price = prices[rate.UnitPriceAt + band];
        var billable = call.Quantity;
        decimal amount;
        if (call.Kind == CdrKind.Sms)
        {
            amount = price * billable;
            recorder.Messages(billable, price, amount);
        }
        else
        {
            var unit = Tariff.Data!;
            billable = (call.Quantity + unit.RoundUpToBytes - 1) / unit.RoundUpToBytes * unit.RoundUpToBytes;
            amount = price * billable / unit.MegabyteBytes;
            recorder.Data(call.Quantity, unit, billable, price, amount);
        }
        var charge = Round(AddFees(t, band, amount, ref recorder), ref recorder);
        if (isReversal)
        {
            charge = CallCharge.Turn(charge);
            recorder.Reversed(charge);
        }
        return CallCharge.OfQuantity(charge, rate.Position, band, billable);
    }
}
