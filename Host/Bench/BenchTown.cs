using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Api.Keys;
using Billing.Host.Demo;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Host.Bench;

/// <summary>Many small resellers, each with customers, a posted run and people who are signed in: what the web app is measured with.</summary>
internal sealed class BenchTown(Installation installation, int tenants, int people)
{
    private const int AccountsEach = 40;

    private readonly List<BenchPerson> persons = [];

    /// <summary>Everybody, tenant by tenant.</summary>
    public IReadOnlyList<BenchPerson> People => persons;

    /// <summary>Fills an empty installation.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var reseller = DemoReseller.Make(2026);
        reseller = reseller with { Accounts = [.. reseller.Accounts.Take(AccountsEach)] };
        var tariff = await File.ReadAllTextAsync(Home.File(ResellerStory.SampleTariff), cancellationToken);
        for (var i = 0; i < tenants; i++)
        {
            var tenant = await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant with { Slug = Slug(i), Name = $"Reseller {i + 1}" }, cancellationToken);
            await using (var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken))
            {
                await reseller.StoreAsync(db, await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, tariff, installation.Clock.GetUtcNow(), cancellationToken), null, cancellationToken);
                await db.CommitAsync(cancellationToken);
            }
            await new DemoBilling(installation, tenant).RunAsync(new BillingRunFields(DemoMonth.InvoiceDate, DemoMonth.Cutoff, null, null), cancellationToken);
            await SignInAsync(tenant, people / tenants + (i < people % tenants ? 1 : 0), cancellationToken);
        }
    }

    /// <summary>A key that uploads CDR files for a tenant.</summary>
    public async Task<string> KeyAsync(int tenant, CancellationToken cancellationToken)
    {
        var house = (await new TenantDirectory(installation.Database).FindAsync(Slug(tenant), cancellationToken))!;
        await using var db = await installation.Database.BeginAsync(house.Id, cancellationToken);
        string[] scopes = [Permission.ImportUsage, Permission.ViewUsage];
        var key = (await ApiKeyBook.AddAsync(db, "bench", scopes, scopes.ToHashSet(StringComparer.Ordinal), null, cancellationToken)).ValueOrThrow();
        await db.CommitAsync(cancellationToken);
        return key;
    }

    /// <summary>A CDR file of calls that are new, from numbers that every tenant here has.</summary>
    /// <param name="serial">Different for each file.</param>
    /// <param name="lines">How many calls.</param>
    public static byte[] CallFile(int serial, int lines)
    {
        var numbers = DemoReseller.Make(2026).Accounts.Take(AccountsEach).SelectMany(a => a.Services).SelectMany(s => s.Assignments).Where(n => n.Circuit is null).Select(n => n.First).ToList();
        var text = new StringBuilder("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n");
        for (var i = 0; i < lines; i++)
        {
            var at = new DateTime(2026, 4, 1, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds((serial * 7919L + i * 37L) % (28 * 86_400));
            text.Append(CultureInfo.InvariantCulture, $"{numbers[i % numbers.Count]},44207946{i % 10_000:0000},{at:dd/MM/yyyy},{at:HH:mm:ss},{30 + i % 600},0.01,BENCH{serial:000000}{i:000000},GBP\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Slug(int index) => string.Create(CultureInfo.InvariantCulture, $"reseller-{index + 1}");

    private async Task SignInAsync(Tenant tenant, int count, CancellationToken cancellationToken)
    {
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        var accounts = (await Customers.Accounts.AccountList.LoadAsync(db, cancellationToken)).Select(a => a.Id.Value).ToList();
        var invoices = (await InvoiceRegister.ListAsync(db, null, cancellationToken)).Select(i => i.Number).ToList();
        var run = await db.ScalarAsync<long>($"select max(run_id) from invoicing.billing_run", cancellationToken);
        for (var i = 0; i < count; i++)
        {
            var person = (await Tenancy.Users.People.AddAsync(db, PersonKind.Staff, $"person{i}@{tenant.Slug}.example", $"Person {i}", Role.Admin, null, installation.Clock.GetUtcNow(), cancellationToken)).ValueOrThrow();
            var session = await Sessions.BeginAsync(db, person, true, "127.0.0.1", "bench", installation.Clock.GetUtcNow(), cancellationToken);
            persons.Add(new BenchPerson("/t/" + tenant.Slug, session, accounts, invoices, run));
        }
        await db.CommitAsync(cancellationToken);
    }
}
