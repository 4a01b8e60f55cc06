using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;

namespace Billing.Rating.Engine;

/// <summary>Charges that come from the carrier's cost, and records of which nothing was used.</summary>
public sealed partial class CompiledTariff
{
    // R1: kept, not charged. A credit without a duration can only be the carrier's own amount (R16).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallCharge PriceUnused<TRecorder>(in CallToRate call, RateIndex rates, int found, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        var position = found < 0 ? CallCharge.NoRate : rates[found].Position;
        if (call.Kind == CdrKind.Voice) recorder.NoDuration();
        else recorder.NoQuantity(call.Kind);
        if (!(call.Cost < 0)) return new CallCharge(0, position, 0, 0);
        var t = found < 0 ? null : terms[rates[found].Terms];
        if (t is { IsFree: true })
        {
            recorder.Free();
            return new CallCharge(0, position, 0, 0);
        }
        return PriceFromCost(in call, position, 0, t is { IsCostPlus: true } ? t.CostPlusPercent : Tariff.CostMarkup?.Percent, ref recorder);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallCharge PriceWithoutRate<TRecorder>(in CallToRate call, bool isKnown, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (Tariff.CostMarkup is { } markup) return PriceFromCost(in call, CallCharge.NoRate, 0, markup.Percent, ref recorder);
        if (isKnown) return new CallCharge(RatingError.NoRate);
        return new CallCharge(call.To.IsUnset ? RatingError.NoNumber : RatingError.UnknownDestination);
    }

    /// <param name="percent">Null: the carrier's own amount, with nothing added.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallCharge PriceFromCost<TRecorder>(in CallToRate call, int position, int band, decimal? percent, ref TRecorder recorder) where TRecorder : struct, IStepRecorder
    {
        if (call.Cost is not { } cost) return new CallCharge(RatingError.NoCost);
        if (!call.CostCurrency.IsUnset && call.CostCurrency != Tariff.Currency) return new CallCharge(RatingError.Currency);
        if (cost == 0 && Tariff.CostRules.ZeroIsError) return new CallCharge(RatingError.ZeroCost);
        var size = Math.Abs(cost);
        if (percent is { } markup && (cost >= 0 || Tariff.CostRules.CreditsAreMarkedUp))
        {
            size *= 1 + markup / 100;
            recorder.MarkedUp(Math.Abs(cost), markup, size);
        }
        else recorder.CarrierAmount(size);

        var charge = Round(size, ref recorder);
        if (cost >= 0) return new CallCharge(charge, position, band, 0);
        var turned = CallCharge.Turn(charge);
        recorder.Reversed(turned);
        return new CallCharge(turned, position, band, 0);
    }
}
