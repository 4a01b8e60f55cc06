using Billing.Isolation.Tests.Fixture;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Tables;

/// <summary>Every table that the database has, asked for one tenant's rows in another's name and in nobody's.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class TableTests(TwoResellers resellers, ITestOutputHelper output)
{
    /// <summary>Tables that a tenant has no row in, each with the reason. A new table belongs into <see cref="FilledReseller"/>, not here.</summary>
    static readonly Dictionary<string, string> WithoutRows = new(StringComparer.Ordinal)
    {
        ["tenancy.signing_key"] = "the installation's: what cookies of forms are signed with",
    };

    // Of a partition that one file of another tenant fills, this one has no row.
    bool IsAnothers(string table) => table.StartsWith("usage.call_t", StringComparison.Ordinal) && !table.StartsWith($"usage.call_t{resellers.Ash.Tenant.Id.Value}_", StringComparison.Ordinal);

    [Fact]
    public async Task No_table_shows_or_gives_a_tenants_rows_to_another_or_to_nobody()
    {
        var probe = new TableProbe(new Rows(resellers.OwnerConnectionString), resellers.Ash.Tenant.Id, resellers.Birch.Tenant.Id);
        var leaks = await probe.LeaksAsync();

        var empty = probe.Counts.Where(count => count.Value == 0 && !IsAnothers(count.Key)).Select(count => count.Key).ToList();
        output.WriteLine($"{probe.Counts.Count} tables of tenants with {probe.Counts.Values.Sum()} rows of one, {probe.Tries} statements in other names, {leaks.Count} got through. Without rows: {string.Join(", ", empty.Select(table => $"{table} ({WithoutRows.GetValueOrDefault(table, "why?")})"))}.");
        leaks.ShouldBeEmpty();
        empty.Except(WithoutRows.Keys).ShouldBeEmpty("a table without a row proves nothing: let FilledReseller put one in");
        probe.Counts.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task What_belongs_to_no_tenant_is_the_schedulers_and_the_installations() =>
        (await new Rows(resellers.OwnerConnectionString).SharedTablesAsync()).Where(table => !table.StartsWith("quartz.", StringComparison.Ordinal)).ShouldBe(["installation.migration", "installation.secret"], ignoreOrder: true);

    /// <summary>Tables of numbers, days, hashes and given words, in which nobody writes a text.</summary>
    static readonly string[] WithoutTexts =
    [
        "api.delivery", "catalog.product_allowance", "customers.assignment", "customers.given_allowance", "invoicing.number_series", "invoicing.one_off_claim", "invoicing.recurring_slice", "invoicing.run_account", "ledger.entry", "ledger.posting", "onboarding.column_mapping",
        "onboarding.import_change", "portal.access", "portal.number_access", "tenancy.audit_head", "tenancy.host_name", "tenancy.one_time_link", "tenancy.recovery_code", "tenancy.sign_in_guard", "tenancy.signing_key", "usage.call_part", "usage.draw", "usage.error_arisen", "usage.tally",
    ];

    // A row without a mark could be seen where it must not be, and nobody would notice.
    [Fact]
    public async Task Every_table_in_which_people_write_has_a_marked_row()
    {
        var (rows, ash, unmarked) = (new Rows(resellers.OwnerConnectionString), resellers.Ash, new List<string>());
        foreach (var table in (await rows.TablesAsync()).Where(table => !IsAnothers(table)))
            if ((await rows.OwnersAsync(ash.Tenant.Id, $"select count(*) from {table} t where tenant_id = {Rows.Written(ash.Tenant.Id)} and (t::text like '%{ash.Mark}%' or t::text like '%{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(ash.Mark))}%')"))[0] == "0")
                unmarked.Add(table);
        unmarked.Except(WithoutTexts).ShouldBeEmpty("let FilledReseller write its mark there");
    }
}
