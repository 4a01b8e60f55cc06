using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>A cause whose calls are excluded when they come in, in the API.</summary>
sealed record ExclusionRuleView(long Id, CauseView Cause, string Why, DateOnly LastOn, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? RevokedAt, string? RevokedBy)
{
    public static ExclusionRuleView Of(ExclusionRule rule, bool isWhole) =>
        new(rule.Id, CauseView.Of(rule.Cause, isWhole), rule.Why, rule.LastOn, rule.MadeAt, rule.MadeBy, rule.RevokedAt, rule.RevokedBy);
}
