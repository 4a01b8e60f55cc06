using Billing.Tenancy.Users;

namespace Billing.Api.Keys;

/// <summary>What a scope lets a program do, in words.</summary>
static class ScopeWords
{
    public static string Of(string scope) => scope switch
    {
        Permission.ViewDashboard => "see jobs and the overview",
        Permission.ViewAccounts => "see accounts, contacts, services, numbers and charges",
        Permission.ChangeAccounts => "open and change them",
        Permission.ViewTariffs => "see products and tariffs",
        Permission.ChangeTariffs => "change products, publish tariffs",
        Permission.ViewUsage => "see CDR files, calls and billing errors",
        Permission.ImportUsage => "upload CDR files",
        Permission.MendUsage => "re-rate and exclude calls",
        Permission.ViewBilling => "see billing runs and invoices",
        Permission.PrepareBilling => "open a run, draft it, confirm its checks",
        Permission.RequestBilling => "request bills: what is posted stays posted",
        Permission.ImportRecords => "import customers, numbers, charges and rate cards",
        Permission.Export => "take lists out as files",
        Permission.ViewSettings => "see settings",
        Permission.ChangeSettings => "change company details, brand, host names",
        Permission.ManageWebhooks => "make webhooks, see their deliveries, send them again",
        Permission.ViewAudit => "read the audit trail",
        _ => scope,
    };
}
