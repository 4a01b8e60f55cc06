using Billing.Usage.Arrivals;

namespace Billing.Usage.Endpoints;

/// <summary>A file that is expected again and again.</summary>
sealed record PlanView(long Id, int Version, string Carrier, string Label, ArrivalEvery Every, int DueMinutes, DateOnly FromOn, string? NamePattern, string? DateForm)
{
    public static PlanView Of(ArrivalPlan plan) => new(
        plan.Id, plan.Version, plan.Terms.Carrier, plan.Terms.Label, plan.Terms.Every, plan.Terms.DueMinutes, plan.Terms.FromOn, plan.Terms.NamePattern, plan.Terms.DateForm);
}
