using Billing.Tenancy.Data;

namespace Billing.Host.Web;

/// <summary>A line of the main menu.</summary>
/// <param name="Key">What pages name in <c>ViewData["Section"]</c> to have it marked as theirs.</param>
/// <param name="Label">As shown.</param>
/// <param name="Address">Its page, within the tenant.</param>
/// <param name="Permission">Who may not do this does not see it: one of <see cref="Tenancy.Users.Permission"/>.</param>
/// <param name="Group">The heading it stands under; empty for none.</param>
internal sealed record MenuEntry(string Key, string Label, string Address, string Permission, string Group)
{
    /// <summary>Whether this tenant has any use for it; null where every tenant has. One quick query.</summary>
    public Func<TenantDb, CancellationToken, Task<bool>>? IsShown { get; init; }

    /// <summary>A number that is another one when something happened in this process that may have changed the answer.</summary>
    public Func<long> Signal { get; init; } = () => 0;
}
