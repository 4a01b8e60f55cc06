namespace Billing.Tenancy.Users;

/// <summary>
/// What somebody may do, by name. Pages, endpoints, API keys and roles all speak of these; nothing asks for a role. A permission to change
/// something never includes the permission to see it: roles hold both.
/// </summary>
public static class Permission
{
    /// <summary>See the dashboard, search, and lists that name no customer's people.</summary>
    public const string ViewDashboard = "dashboard.view";

    /// <summary>See accounts, contacts, services, numbers and charges.</summary>
    public const string ViewAccounts = "accounts.view";

    /// <summary>Open, change and close accounts, contacts, services, numbers and charges.</summary>
    public const string ChangeAccounts = "accounts.change";

    /// <summary>See products and tariffs.</summary>
    public const string ViewTariffs = "tariffs.view";

    /// <summary>Change products, publish tariffs.</summary>
    public const string ChangeTariffs = "tariffs.change";

    /// <summary>See CDR files, calls and billing errors.</summary>
    public const string ViewUsage = "usage.view";

    /// <summary>Upload CDR files.</summary>
    public const string ImportUsage = "usage.import";

    /// <summary>Re-rate calls, exclude them, undo an exclusion.</summary>
    public const string MendUsage = "usage.mend";

    /// <summary>See billing runs and invoices.</summary>
    public const string ViewBilling = "billing.view";

    /// <summary>Open a run, set its dates, draft it, confirm its checks.</summary>
    public const string PrepareBilling = "billing.prepare";

    /// <summary>Request bills: what is posted then stays posted.</summary>
    public const string RequestBilling = "billing.request";

    /// <summary>Import customers, numbers, charges and rate cards from files, and undo such an import.</summary>
    public const string ImportRecords = "records.import";

    /// <summary>Take lists out as files.</summary>
    public const string Export = "records.export";

    /// <summary>See the tenant's settings.</summary>
    public const string ViewSettings = "settings.view";

    /// <summary>Change company details, brand, host names.</summary>
    public const string ChangeSettings = "settings.change";

    /// <summary>Invite people, change their roles, end their sign-ins; staff and customers' people.</summary>
    public const string ManagePeople = "people.manage";

    /// <summary>Make and withdraw API keys.</summary>
    public const string ManageApi = "api.manage";

    /// <summary>Make, change and remove webhooks, see their deliveries and send them again.</summary>
    public const string ManageWebhooks = "webhooks.manage";

    /// <summary>Read the audit trail.</summary>
    public const string ViewAudit = "audit.view";

    /// <summary>Let the operator's people in for a time.</summary>
    public const string GrantSupport = "support.grant";

    /// <summary>The installation itself: tenants, plugins, database, jobs. Held by operators only.</summary>
    public const string Operate = "installation.operate";

    /// <summary>A customer's own bills, calls and contacts; held by customers' people only, and only for their account.</summary>
    public const string UsePortal = "portal.use";

    /// <summary>Every permission, in the order of this page.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ViewDashboard, ViewAccounts, ChangeAccounts, ViewTariffs, ChangeTariffs, ViewUsage, ImportUsage, MendUsage, ViewBilling, PrepareBilling, RequestBilling,
        ImportRecords, Export, ViewSettings, ChangeSettings, ManagePeople, ManageApi, ManageWebhooks, ViewAudit, GrantSupport, Operate, UsePortal,
    ];
}
