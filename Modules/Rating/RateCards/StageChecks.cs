namespace Billing.Rating.RateCards;

/// <summary>
/// Stages of a rate follow each other without a gap and without an overlap: each begins where an interval of the one before it ends, so that no
/// second of a call is charged in both.
/// </summary>
static class StageChecks
{
    /// <param name="terms">With the defaults worked in.</param>
    /// <param name="place">Where a member of this rate stands.</param>
    public static void Check(Rate rate, RateTerms terms, Func<string, string> place, TariffErrors errors)
    {
        var stages = place("stages");
        var (begin, first, next) = (0, terms.FirstSeconds ?? 1, terms.NextSeconds ?? 1);
        var isPriced = rate.PerMinute is not null;
        for (var i = 0; i < rate.Stages.Count; i++)
        {
            var stage = rate.Stages[i];
            // In a sheet the place is a cell, and there is one stage.
            var at = stages.StartsWith('$') ? $"{stages}[{i}].after" : stages;
            var before = i == 0 ? "the rate's own price" : $"stages[{i - 1}]";
            if (stage.AfterSeconds <= begin)
            {
                errors.Add("tariff.stage-overlap", at,
                    $"stages[{i}] of the rate for {rate.Label} begins after {stage.AfterSeconds} s, and {before} only after {begin} s: they overlap. Put them in order, each later than the one before.");
                return;
            }
            var length = stage.AfterSeconds - begin;
            if (isPriced && (length < first || (length - first) % next != 0))
            {
                errors.Add("tariff.stage-overlap", at,
                    $"stages[{i}] of the rate for {rate.Label} begins after {stage.AfterSeconds} s, in the middle of an interval of {before} ({first}, then steps of {next}, from {begin} s on): the seconds up to its end would be charged in both. Begin it after {Nearest(begin, length, first, next)} s, or choose other intervals.");
            }
            (begin, first, next, isPriced) = (stage.AfterSeconds, stage.FirstSeconds, stage.NextSeconds, true);
        }
    }

    private static int Nearest(int begin, int length, int first, int next) =>
        begin + (length <= first ? first : first + (length - first + next - 1) / next * next);
}
