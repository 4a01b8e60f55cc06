namespace Billing.Usage.Endpoints;

/// <summary>What an account may use without paying, and the most it is billed, in the periods that a day lies in.</summary>
sealed record AccountAllowancesView(DateOnly On, IReadOnlyList<PoolView> Pools, IReadOnlyList<CapView> Caps, IReadOnlyList<GivenView> Given, IReadOnlyList<SpendCapView> SpendCaps);
