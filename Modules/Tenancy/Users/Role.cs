namespace Billing.Tenancy.Users;

/// <summary>The roles people are given; each is a set of permissions and nothing else.</summary>
public static class Role
{
    /// <summary>Looks, changes nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Does the month's work up to the request.</summary>
    public const string BillingClerk = "billing-clerk";

    /// <summary>Requests bills, besides what a clerk does.</summary>
    public const string Approver = "approver";

    /// <summary>Everything of one tenant.</summary>
    public const string Admin = "admin";

    /// <summary>The installation; a tenant's data only while that tenant has let support in.</summary>
    public const string Operator = "operator";

    /// <summary>A person of a customer account, in the portal.</summary>
    public const string Customer = "customer";

    private static readonly string[] Seen =
        [Permission.ViewDashboard, Permission.ViewAccounts, Permission.ViewTariffs, Permission.ViewUsage, Permission.ViewBilling, Permission.ViewSettings];

    private static readonly string[] Worked =
        [.. Seen, Permission.ChangeAccounts, Permission.ImportUsage, Permission.MendUsage, Permission.PrepareBilling, Permission.ImportRecords, Permission.Export];

    private static readonly string[] Approved = [.. Worked, Permission.RequestBilling, Permission.ViewAudit];

    private static readonly string[] Administered =
        [.. Approved, Permission.ChangeTariffs, Permission.ChangeSettings, Permission.ManagePeople, Permission.ManageApi, Permission.ManageWebhooks, Permission.GrantSupport];

    // In the installation's own rows: its people and its audit trail. A tenant's data is not among them.
    private static readonly string[] Operated = [Permission.Operate, Permission.ManagePeople, Permission.ViewAudit];

    /// <summary>Roles that support can be let in with, the least first.</summary>
    public static IReadOnlyList<string> OfSupport { get; } = [Viewer, BillingClerk, Admin];

    /// <summary>Roles a tenant's people can have, the least first.</summary>
    public static IReadOnlyList<string> OfTenants { get; } = [Viewer, BillingClerk, Approver, Admin];

    /// <summary>What a role may do; nothing for a name that is no role.</summary>
    public static IReadOnlyList<string> PermissionsOf(string role) => role switch
    {
        Viewer => Seen,
        BillingClerk => Worked,
        Approver => Approved,
        Admin => Administered,
        Operator => Operated,
        Customer => [Permission.UsePortal],
        _ => [],
    };

    /// <summary>
    /// What the operator's people may do in a tenant that let them in with a role: what the role may, but nothing that would outlast the visit.
    /// They make no people, no keys, no webhooks, and do not let themselves in again.
    /// </summary>
    public static IReadOnlyList<string> PermissionsOfSupport(string role) =>
        [.. PermissionsOf(role).Except([Permission.ManagePeople, Permission.ManageApi, Permission.ManageWebhooks, Permission.GrantSupport], StringComparer.Ordinal)];

    /// <summary>A role as people read it: <c>billing clerk</c>.</summary>
    public static string Written(string role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.Replace('-', ' ');
    }
}
