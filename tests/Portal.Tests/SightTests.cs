using System.Text.RegularExpressions;
using Billing.Portal.Seen;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;

namespace Billing.Portal.Tests;

/// <summary>What bounds a person, asked of the database itself.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed partial class SightTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("Olga", 3, 1)]
    [InlineData("Ben", 0, 1)]
    [InlineData("Nora", 2, 0)]
    [InlineData("Pete", 1, 1)]
    [InlineData("Una", 0, 1)]
    public async Task A_person_sees_their_calls_and_bills_and_no_others(string person, int calls, int bills)
    {
        // Olga: the reception's and both extensions' calls, without the free one; Nora: her own two. Una's company wants none listed.
        var seen = await resellers.AskAsync(resellers.Alder, person, db => db.QueryAsync($"select account_number, caller, called, charge from portal.my_call", row => (Account: row.Text(0), Caller: row.Text(1), Called: row.Text(2), Charge: row.Decimal(3))));
        seen.Count.ShouldBe(person == "Olga" ? 4 : calls);
        seen.ShouldAllBe(call => call.Charge > 0 && !call.Called.StartsWith("+44800", StringComparison.Ordinal));
        if (person == "Nora") seen.ShouldAllBe(call => call.Caller == SomeReseller.Nora);
        if (person == "Pete") seen.ShouldAllBe(call => call.Account == "A002");
        (await resellers.AskAsync(resellers.Alder, person, db => db.ScalarAsync<long>($"select count(*) from portal.my_bill"))).ShouldBe(bills);
    }

    [Fact]
    public async Task The_document_of_an_itemised_bill_is_for_those_who_may_see_every_call_of_it()
    {
        (await DocumentsAsync("Olga")).ShouldBe(1);
        (await DocumentsAsync("Ben")).ShouldBe(0);
        (await DocumentsAsync("Nora")).ShouldBe(0);
        (await DocumentsAsync("Una")).ShouldBe(1);

        Task<long> DocumentsAsync(string person) => resellers.AskAsync(resellers.Alder, person, db => db.ScalarAsync<long>($"select count(*) from portal.my_document"));
    }

    [Fact]
    public async Task Contacts_are_the_owners_to_see()
    {
        (await resellers.AskAsync(resellers.Alder, "Olga", db => MyContact.LoadAsync(db, default))).Select(c => c.AccountNumber).Distinct().ShouldBe(["A001"]);
        (await resellers.AskAsync(resellers.Alder, "Ben", db => MyContact.LoadAsync(db, default))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ActorKind.System)]
    [InlineData(ActorKind.Staff)]
    [InlineData(ActorKind.ApiKey)]
    [InlineData(ActorKind.Support)]
    public async Task Whoever_is_no_customer_sees_nothing_here_even_with_a_customers_id(ActorKind kind)
    {
        await using var db = await resellers.Database.BeginAsync(resellers.Alder.Tenant.Id, new Actor(kind, resellers.Alder.People["Olga"].Value, "x"));
        await EmptyAsync(db);
    }

    [Fact]
    public async Task A_person_of_another_tenant_sees_nothing_here()
    {
        await using var db = await resellers.Database.BeginAsync(resellers.Birch.Tenant.Id, new Actor(ActorKind.Customer, resellers.Alder.People["Olga"].Value, "x"));
        await EmptyAsync(db);
    }

    [Fact]
    public async Task Nobody_can_be_given_a_number_or_a_contact_of_another_account()
    {
        var (alder, db) = (resellers.Alder, await resellers.Database.BeginAsync(resellers.Alder.Tenant.Id));
        await using (db)
        {
            var refusal = await db.TryAsync(() => db.ExecuteAsync($"insert into portal.number_access (person_id, account_id, service_id) values ({alder.People["Nora"].Value}, {alder.Account("A001").Value}, {alder.Service("Line of A002").Value})"));
            refusal!.Kind.ShouldBe(RefusalKind.Referred);
            refusal = await db.TryAsync(() => db.ExecuteAsync($"update portal.access set contact_id = {alder.Contacts["A002"]} where person_id = {alder.People["Nora"].Value}"));
            refusal!.Kind.ShouldBe(RefusalKind.Referred);
            refusal = await db.TryAsync(() => db.ExecuteAsync($"update portal.access set sees_all_numbers = true where person_id = {alder.People["Nora"].Value}"));
            refusal!.Kind.ShouldBe(RefusalKind.Check);
        }
    }

    [Fact]
    public void Customers_pages_ask_the_views_and_no_table()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Billing.sln"))) root = Path.GetDirectoryName(root)!;
        var files = new[] { "Seen", "Pages/Portal" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, "Modules/Portal", folder), "*.cs")).Append(Path.Combine(root, "Modules/Portal/PortalEndpoints.cs")).ToList();
        files.Count.ShouldBeGreaterThan(10);
        foreach (var file in files)
            Tables().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).ShouldAllBe(table => table.StartsWith("portal.my_", StringComparison.Ordinal), file);
    }

    static async Task EmptyAsync(TenantDb db)
    {
        (await db.ScalarAsync<long>($"select count(*) from portal.my_account")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_service")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_bill")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_document")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_balance")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_call")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_unbilled")).ShouldBe(0);
        (await db.ScalarAsync<long>($"select count(*) from portal.my_contact")).ShouldBe(0);
    }

    [GeneratedRegex(@"\b(?:from|join|into|update)\s+([a-z]+\.[a-z_]+)")]
    private static partial Regex Tables();
}
