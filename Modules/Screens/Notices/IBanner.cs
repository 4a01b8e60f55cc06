using Billing.Tenancy.Data;

namespace Billing.Screens.Notices;

/// <summary>Something that must not be overlooked at the top of the Billing Run pages. A module that may have one registers it as <c>IBanner</c>.</summary>
public interface IBanner
{
    /// <summary>Who may not do this does not get to see it: one of <see cref="Tenancy.Users.Permission"/>.</summary>
    string Permission { get; }

    /// <summary>What is to be said now; null when there is nothing. Asked on every such page, so it is one quick query.</summary>
    Task<BannerText?> RaiseAsync(TenantDb db, CancellationToken cancellationToken);
}
