using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Npgsql;

namespace Billing.Tidy.Tests.Schema;

/// <summary>The audit trail writes itself, names who acted, and shows when somebody changed it behind the application's back.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class AuditTest(MigratedDatabase database)
{
    private static readonly Actor Jane = new(ActorKind.Staff, 12, "Jane Hill");

    [Fact]
    public async Task A_changed_row_is_noted_with_who_and_with_before_and_after()
    {
        await using (var db = await database.Opened.BeginAsync(database.First, Jane))
        {
            await db.ExecuteAsync($"update tenancy.tenant set company_number = {"01234567"}");
            await db.CommitAsync();
        }

        (await LastAsync()).ShouldBe(("staff", 12, "Jane Hill", "update", "tenancy.tenant", "{\"company_number\": null}", "{\"company_number\": \"01234567\"}"));
    }

    [Fact]
    public async Task A_deed_is_noted_when_it_is_committed_and_not_otherwise()
    {
        await using (var db = await database.Opened.BeginAsync(database.First, Jane))
            db.Note(new Deed("list.exported", "invoices", new { Run = 1 }));
        await using (var db = await database.Opened.BeginAsync(database.First, Jane))
        {
            db.Note(new Deed("list.exported", "accounts", new { All = true }, new { Rows = 3 }));
            await db.CommitAsync();
        }

        (await LastAsync()).ShouldBe(("staff", 12, "Jane Hill", "list.exported", "accounts", null, "{\"rows\": 3}"));
    }

    [Fact]
    public async Task An_entry_that_was_changed_or_removed_breaks_the_chain_where_it_was()
    {
        await using (var db = await database.Opened.BeginAsync(database.Second, Jane))
        {
            for (var i = 0; i < 5; i++) db.Note(new Deed("chain.tested", "chain", new { Link = i }));
            await db.CommitAsync();
        }
        (await BreakAsync("select 1")).ShouldBeNull();
        (await BreakAsync("update tenancy.audit set actor_name = 'Somebody else' where entry = 3")).ShouldBe(3);
        (await BreakAsync("delete from tenancy.audit where entry = 4")).ShouldBe(5);
        (await BreakAsync("delete from tenancy.audit where entry = (select max(entry) from tenancy.audit)")).ShouldNotBeNull("the last entry is missed too");
    }

    [Theory]
    [InlineData("delete from tenancy.audit")]
    [InlineData("update tenancy.audit set actor_name = 'x'")]
    [InlineData("insert into tenancy.audit (entry) values (1)")]
    [InlineData("update tenancy.audit_head set entry = 0")]
    public async Task The_application_itself_can_not_rewrite_it(string sql) =>
        (await Should.ThrowAsync<PostgresException>(database.TryAsync(database.First, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    private Task<(string, long, string, string, string, string?, string?)> LastAsync() => database.DoAsync(database.First, async db => await db.FindAsync(
        $"select actor_kind, actor_id, actor_name, action, subject, before::text, after::text from tenancy.audit order by entry desc limit 1",
        row => (row.Text(0), row.Long(1), row.Text(2), row.Text(3), row.Text(4), row.MaybeText(5), row.MaybeText(6))));

    // What the owner of the database could do; undone at once.
    private Task<long?> BreakAsync(string tampering) => database.AsOwnerAsync(database.Second, tampering, "select tenancy.audit_break()");
}
