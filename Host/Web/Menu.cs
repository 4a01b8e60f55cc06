using System.Collections.Concurrent;
using System.Data.Common;
using Billing.Screens;
using Billing.Tenancy;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;

namespace Billing.Host.Web;

/// <summary>The main menu: one line an entry, in the order they are shown. An entry whose page is not there, or not for this person, is left out.</summary>
internal sealed class Menu(PageMap pages, TimeProvider clock)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>The group of the month's work, which is headed by the banners.</summary>
    public const string BillingRun = "Billing Run";

    private const string Business = "Customers and prices";
    private const string Office = "Settings";
    private const string Installation = "Installation";

    private static readonly MenuEntry[] Entries =
    [
        new("home", "Overview", "/", Permission.ViewDashboard, ""),
        new("onboarding", "Getting started", "/onboarding", Permission.ImportRecords, ""),
        new("runs", "Runs", "/runs", Permission.ViewBilling, BillingRun),
        new("cdrs", "CDRs", "/cdrs", Permission.ViewUsage, BillingRun),
        new("errors", "Billing Errors", "/errors", Permission.ViewUsage, BillingRun),
        new("carrier-charges", "Carrier Charges", "/carrier-charges", Permission.ViewUsage, BillingRun) { IsShown = CarrierChargeList.IsUsedAsync, Signal = () => CarrierChargeList.Imports },
        new("payment-runs", "Payment Runs", "/payment-runs", Permission.ViewBilling, BillingRun),
        new("jobs", "Jobs", "/jobs", Permission.ViewDashboard, BillingRun),
        new("accounts", "Customers", "/accounts", Permission.ViewAccounts, Business),
        new("tariffs", "Tariffs", "/tariffs", Permission.ViewTariffs, Business),
        new("what-if", "What if", "/what-if", Permission.ViewBilling, Business),
        new("products", "Products", "/products", Permission.ViewTariffs, Business),
        new("allowances", "Allowances", "/allowances", Permission.ViewTariffs, Business),
        new("reports", "Reports", "/reports", Permission.ViewBilling, Business),
        new("settings", "Company and brand", "/settings", Permission.ViewSettings, Office),
        new("people", "People", "/people", Permission.ManagePeople, Office),
        new("outbox", "Outbox", "/outbox", Permission.ManagePeople, Office),
        new("hosts", "Host names", "/settings/hosts", Permission.ViewSettings, Office),
        new("support", "Support access", "/settings/support", Permission.GrantSupport, Office),
        new("api-keys", "API keys", "/api-keys", Permission.ManageApi, Office),
        new("webhooks", "Webhooks", "/webhooks", Permission.ManageWebhooks, Office),
        new("api-reference", "API reference", "/api-reference", Permission.ViewDashboard, Office),
        new("audit", "Audit trail", "/audit", Permission.ViewAudit, Office),
        new("tenants", "Tenants", "/tenants", Permission.Operate, Installation),
        new("plugins", "Plugins", "/plugins", Permission.Operate, Installation),
        new("operator-jobs", "Jobs", "/operator/jobs", Permission.Operate, Installation),
        new("database", "Database", "/database", Permission.Operate, Installation),
    ];

    // What a tenant uses it goes on using, so "yes" is remembered for good. "Not yet" is asked again when something happened here, for somebody is waiting to see it, and soon in any case,
    // for it may have happened in another process.
    private readonly ConcurrentDictionary<(TenantId Tenant, string Entry), (bool IsUsed, long Signal, DateTimeOffset Until)> known = new();

    /// <summary>What the person who asks may use, group by group. Found out once a request, for the menu stands in a page twice.</summary>
    public async Task<IReadOnlyList<IGrouping<string, MenuEntry>>> ForAsync(HttpContext context, CurrentTenant current)
    {
        if (context.Items.TryGetValue(typeof(Menu), out var found)) return (IReadOnlyList<IGrouping<string, MenuEntry>>)found!;
        var shown = Entries.Where(entry => current.May(entry.Permission) && pages.Has(entry.Address)).ToList();
        var asked = shown.Where(entry => entry.IsShown is not null).ToList();
        if (asked.Count > 0)
        {
            var its = await UsedAsync(context, current, asked);
            shown.RemoveAll(entry => entry.IsShown is not null && !its.Contains(entry));
        }
        IReadOnlyList<IGrouping<string, MenuEntry>> groups = [.. shown.GroupBy(entry => entry.Group)];
        context.Items[typeof(Menu)] = groups;
        return groups;
    }

    // The page that says that the database does not answer has a menu too.
    private async Task<IReadOnlyList<MenuEntry>> UsedAsync(HttpContext context, CurrentTenant current, IReadOnlyList<MenuEntry> asked)
    {
        if (current is not { IsKnown: true, IsInstallation: false }) return [];
        var (tenant, now) = (current.Tenant.Id, clock.GetUtcNow());
        var unsure = asked.Where(entry => !(known.TryGetValue((tenant, entry.Key), out var answer) && (answer.IsUsed || answer.Signal == entry.Signal() && now < answer.Until))).ToList();
        try
        {
            if (unsure.Count > 0)
            {
                await using var db = await current.BeginAsync(context.RequestAborted);
                foreach (var entry in unsure)
                {
                    // Taken before the question: what happens meanwhile is asked about again.
                    var signal = entry.Signal();
                    known[(tenant, entry.Key)] = (await entry.IsShown!(db, context.RequestAborted), signal, now + AskAgainAfter);
                }
            }
        }
        catch (Exception broken) when (broken is DbException or TimeoutException)
        {
            return [];
        }
        return [.. asked.Where(entry => known.TryGetValue((tenant, entry.Key), out var answer) && answer.IsUsed)];
    }

    /// <summary>The group that an entry stands in; null when there is no such entry.</summary>
    public static string? GroupOf(string? key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Group;
}
