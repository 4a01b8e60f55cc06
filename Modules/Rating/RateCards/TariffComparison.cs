using Billing.Abstractions.Cdr;

namespace Billing.Rating.RateCards;

/// <summary>
/// What a newer version of a tariff would change: rates added, removed, changed, and what is said for all of them. A rate is the same one when it is
/// found by the same key from the same day on. Two versions whose comparison is empty price every call alike.
/// </summary>
/// <param name="Frame">What changed besides rates, in words: rounding, bands, defaults...</param>
/// <param name="Added">Rates only the newer version has.</param>
/// <param name="Removed">Rates only the older one has.</param>
/// <param name="Changed">Rates both have and say differently.</param>
/// <param name="Unchanged">How many both say alike.</param>
public sealed record TariffComparison(
    IReadOnlyList<string> Frame, IReadOnlyList<Rate> Added, IReadOnlyList<Rate> Removed, IReadOnlyList<RateChange> Changed, int Unchanged)
{
    /// <summary>True when nothing differs but names.</summary>
    public bool IsEmpty => Frame.Count == 0 && Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;

    /// <summary>Compares a version with the one before it; with null everything is added.</summary>
    public static TariffComparison Of(Tariff? before, Tariff after)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (before is null) return new([], after.Rates, [], [], 0);
        var old = new Dictionary<(CdrKind, RateKeyKind, string, DateOnly?), Rate>();
        foreach (var rate in before.Rates) old[rate.Identity] = rate;

        var added = new List<Rate>();
        var changed = new List<RateChange>();
        var unchanged = 0;
        foreach (var rate in after.Rates)
            if (!old.Remove(rate.Identity, out var was)) added.Add(rate);
            else if (SaysTheSame(was, before, rate, after)) unchanged++;
            else changed.Add(new RateChange(was, rate));
        return new(FrameChanges(before, after), added, [.. before.Rates.Where(rate => old.ContainsKey(rate.Identity))], changed, unchanged);
    }

    private static bool SaysTheSame(Rate left, Tariff leftTariff, Rate right, Tariff rightTariff) =>
        left.Destination == right.Destination && left.IsFree == right.IsFree && left.To == right.To
        && left.ServiceRange == right.ServiceRange && left.CostPlusPercent == right.CostPlusPercent
        && HavePrice(left.UnitPrice, right.UnitPrice, leftTariff, rightTariff) && StagesAreAlike(left, right, leftTariff, rightTariff) && TermsAreAlike(left.Terms, right.Terms, leftTariff, rightTariff);

    private static bool TermsAreAlike(RateTerms left, RateTerms right, Tariff leftTariff, Tariff rightTariff) =>
        HavePrice(left.Connection, right.Connection, leftTariff, rightTariff) && HavePrice(left.PerCall, right.PerCall, leftTariff, rightTariff)
        && left with { Connection = null, PerCall = null } == right with { Connection = null, PerCall = null };

    private static bool StagesAreAlike(Rate left, Rate right, Tariff leftTariff, Tariff rightTariff) =>
        left.Stages.Count == right.Stages.Count && left.Stages.Zip(right.Stages).All(pair =>
            (pair.First.AfterSeconds, pair.First.FirstSeconds, pair.First.NextSeconds) == (pair.Second.AfterSeconds, pair.Second.FirstSeconds, pair.Second.NextSeconds)
            && HavePrice(pair.First.PerMinute, pair.Second.PerMinute, leftTariff, rightTariff));

    // A price is compared in every band; a flat one is the same as one that says so for each.
    private static bool HavePrice(BandPrice? left, BandPrice? right, Tariff leftTariff, Tariff rightTariff)
    {
        if (left is null || right is null) return left is null && right is null;
        if (left.IsFlat && right.IsFlat) return left.In(0) == right.In(0);
        if (leftTariff.TimeBands.Count != rightTariff.TimeBands.Count) return false;
        for (var band = 0; band < leftTariff.TimeBands.Count; band++)
            if (leftTariff.TimeBands[band].Name != rightTariff.TimeBands[band].Name || left.In(band) != right.In(band)) return false;
        return true;
    }

    private static List<string> FrameChanges(Tariff before, Tariff after)
    {
        var changes = new List<string>();
        Say("Currency", before.Currency.Code, after.Currency.Code);
        Say("Time zone", before.TimeZone.Id, after.TimeZone.Id);
        Say("Rounding", Rounding(before.Rounding), Rounding(after.Rounding));
        Say("A call over a band's end", before.BandPricing == BandPricing.Split ? "split at the boundary" : "by the band it starts in", after.BandPricing == BandPricing.Split ? "split at the boundary" : "by the band it starts in");
        Say("The carrier's charge code", before.PreferChargeCode ? "before the dialled number" : "after the dialled number", after.PreferChargeCode ? "before the dialled number" : "after the dialled number");
        Say("Mark-up where no rate is", before.CostMarkup is { } was ? PriceText.Write(was.Percent) + " %" : "none", after.CostMarkup is { } now ? PriceText.Write(now.Percent) + " %" : "none");
        Say("A cost of zero", before.CostRules.ZeroIsError ? "an error" : "free", after.CostRules.ZeroIsError ? "an error" : "free");
        Say("A credit priced by its cost", before.CostRules.CreditsAreMarkedUp ? "with the mark-up" : "as the carrier gives it", after.CostRules.CreditsAreMarkedUp ? "with the mark-up" : "as the carrier gives it");
        Say("Access charge", Access(before.AccessCharge), Access(after.AccessCharge));
        Say("Data", Data(before.Data), Data(after.Data));
        Say("Sold to consumers", Consumers(before.Consumers), Consumers(after.Consumers));
        Say("Based on", before.ResolvedFrom?.ToString() ?? "nothing", after.ResolvedFrom?.ToString() ?? "nothing");
        if (!BandsAreAlike(before.TimeBands, after.TimeBands)) changes.Add($"Time bands: {Names(before)} become {Names(after)}, or their hours change.");
        if (!(before.Holidays?.Dates ?? []).SequenceEqual(after.Holidays?.Dates ?? []))
            changes.Add($"Holidays: {before.Holidays?.Dates.Count ?? 0} dates become {after.Holidays?.Dates.Count ?? 0}, or are others.");
        if (!TermsAreAlike(before.Defaults, after.Defaults, before, after)) changes.Add("The defaults of rates that say nothing themselves (interval, connection, minimum) change.");
        return changes;

        void Say(string what, string was, string now)
        {
            if (was != now) changes.Add($"{what}: {was} becomes {now}.");
        }

        static string Rounding(TariffRounding rounding) =>
            $"{TariffWriter.NameOf(rounding.Mode)} to {PriceText.Write(rounding.Unit)} each {TariffWriter.NameOf(rounding.Level)}";

        static string Access(AccessCharge? access) =>
            access is null ? "none" : $"{PriceText.Write(access.PerMinute)} a minute, at least {access.FirstSeconds} s, then in steps of {access.NextSeconds}";

        static string Data(DataUnit? data) => data is null ? "not said" : $"a megabyte of {data.MegabyteBytes} bytes, each session up to whole {data.RoundUpToBytes}";

        static string Consumers(ConsumerTerms? consumers) => consumers is null ? "no" : $"yes, with {PriceText.Write(consumers.VatPercent)} % VAT";

        static string Names(Tariff tariff) => string.Join(", ", tariff.TimeBands.Select(band => band.Name));
    }

    private static bool BandsAreAlike(IReadOnlyList<TimeBand> left, IReadOnlyList<TimeBand> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.Name == pair.Second.Name && pair.First.When.SequenceEqual(pair.Second.When));
}
