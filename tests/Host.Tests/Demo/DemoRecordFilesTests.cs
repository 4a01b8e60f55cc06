using Billing.Host.Demo;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;

namespace Billing.Host.Tests.Demo;

[Trait("needs", "postgres")]
public sealed class DemoRecordFilesTests
{
    static readonly DateTimeOffset Now = new(2026, 4, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_files_taken_in_one_after_the_other_make_the_records_of_the_demo()
    {
        await using var server = await new PostgresFixture().CreateDatabaseAsync("records", async (owner, token) =>
            await (await Database.OpenAsync(owner, null, Installation.Migrations, token)).DisposeAsync());
        await using var database = await Database.OpenAsync(server.OwnerConnectionString, null, Installation.Migrations, CancellationToken.None);
        var reseller = DemoReseller.Make(2026);
        var tenants = new TenantDirectory(database);
        var (stored, imported) = (await tenants.OpenAsync(DemoReseller.Tenant), await tenants.OpenAsync(DemoReseller.Tenant with { Slug = "byhand" }));
        await using (var db = await database.BeginAsync(stored.Id))
        {
            var tariff = await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, await File.ReadAllTextAsync(Home.File(ResellerStory.SampleTariff)), Now);
            await reseller.StoreAsync(db, tariff);
            await db.CommitAsync();
        }

        var folder = Directory.CreateTempSubdirectory("billing-files").FullName;
        try
        {
            await DemoRecordFiles.WriteAsync(reseller, folder);
            Directory.GetFiles(Path.Combine(folder, "cdr")).Length.ShouldBe(48);
            foreach (var kind in ImportKinds.All.Where(k => k != ImportKinds.Rates))
                await ImportAsync(database, imported, kind, Path.Combine(folder, kind.Id + ".csv"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var (expected, actual) = (await RecordsAsync(database, stored), await RecordsAsync(database, imported));
        actual.Except(expected).Take(5).ShouldBeEmpty();
        expected.Except(actual).Take(5).ShouldBeEmpty();
        actual.Count.ShouldBe(expected.Count);
    }

    static async Task ImportAsync(Database database, Tenant tenant, ImportKind kind, string path)
    {
        await using var db = await database.BeginAsync(tenant.Id);
        var id = (await ImportBook.UploadAsync(db, kind, Path.GetFileName(path), await File.ReadAllBytesAsync(path), Now)).ValueOrThrow();
        var preview = await ImportBook.PreviewAsync(db, tenant, (await ImportBook.FindAsync(db, id))!, tenant.DayOf(Now));
        preview.Mapping.ShouldBeEmpty(kind.Id);
        preview.Plan!.Faults.Take(5).ShouldBeEmpty(kind.Id);
        (await ImportBook.ApplyAsync(db, tenant, id, preview.Plan.Fingerprint, withoutWrongRows: false, Now)).ValueOrThrow();
        await db.CommitAsync();
    }

    // Everything a bill depends on, by what people call it; ids left out.
    static async Task<IReadOnlyList<string>> RecordsAsync(Database database, Tenant tenant)
    {
        await using var db = await database.BeginAsync(tenant.Id);
        var text = await db.ScalarAsync<string>($"""
            select string_agg(line, chr(10) order by line collate "C") from (
                select concat_ws('|', 'account', number, name, tax_treatment, vat_number, payment_method, delivery, is_itemised, invoice_message, payment_days, started_on, ended_on) line from customers.account
                union all select concat_ws('|', 'contact', a.number, c.name, c.email, c.phone, c.is_invoice_recipient) from customers.contact c join customers.account a using (tenant_id, account_id)
                union all select concat_ws('|', 'site', a.number, s.name, s.address, s.is_billing) from customers.site s join customers.account a using (tenant_id, account_id)
                union all select concat_ws('|', 'service', a.number, s.label, t.name) from customers.service s join customers.account a using (tenant_id, account_id) left join customers.site t using (tenant_id, site_id)
                union all select concat_ws('|', 'number', s.label, n.circuit, n.numbers, n.valid) from customers.assignment n join customers.service s using (tenant_id, service_id)
                union all select concat_ws('|', 'product', code, name, price::numeric(12, 4), every_months, billing, basis, tax_category, nominal_code) from catalog.product
                union all select concat_ws('|', 'charge', a.number, p.code, s.label, c.description, c.quantity::numeric(12, 3), c.price::numeric(12, 4), c.every_months, c.billing, c.basis, c.anchor_day, c.valid)
                    from customers.subscription c join customers.account a using (tenant_id, account_id) join catalog.product p using (tenant_id, product_id) left join customers.service s using (tenant_id, service_id)
                union all select concat_ws('|', 'one-off', a.number, p.code, s.label, c.description, c.amount::numeric(12, 4), c.charge_on)
                    from customers.one_off_charge c join customers.account a using (tenant_id, account_id) join catalog.product p using (tenant_id, product_id) left join customers.service s using (tenant_id, service_id)
            ) records
            """);
        return text.Split('\n');
    }
}
