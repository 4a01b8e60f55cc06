using Billing.Tenancy.Data;
using Npgsql;

namespace Billing.Tidy.Tests.Schema;

/// <summary>A number, a range or a circuit has one service on one day.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class OwnerOfANumberTest(MigratedDatabase database)
{
    [Theory]
    // The same number on one common day.
    [InlineData("[441134960001,441134960002)", "[2026-06-01,2026-07-01)", "[441134960001,441134960002)", "[2026-06-30,)", "number_has_one_owner")]
    // Ranges that share one number.
    [InlineData("[441134960100,441134960200)", "[2026-06-01,)", "[441134960199,441134960300)", "[2026-06-15,2026-06-16)", "range_has_one_owner")]
    // Handed over: the first day of the one is the day after the last of the other.
    [InlineData("[441134960003,441134960004)", "[2026-06-01,2026-06-15)", "[441134960003,441134960004)", "[2026-06-15,)", null)]
    // Ranges side by side.
    [InlineData("[441134960400,441134960500)", "[2026-06-01,)", "[441134960500,441134960600)", "[2026-06-01,)", null)]
    // A single number out of a range: it wins over the range.
    [InlineData("[441134960700,441134960800)", "[2026-06-01,)", "[441134960750,441134960751)", "[2026-06-10,2026-06-20)", null)]
    public async Task Two_services_do_not_answer_for_a_number_on_one_day(string numbers, string valid, string otherNumbers, string otherValid, string? refusedBy)
    {
        await AssignAsync((db, service) => db.ExecuteAsync($"insert into customers.assignment (service_id, numbers, valid) values ({service}, {numbers}::text::int8range, {valid}::text::daterange)"));

        Task<int> Second(TenantDb db, long service) =>
            db.ExecuteAsync($"insert into customers.assignment (service_id, numbers, valid) values ({service}, {otherNumbers}::text::int8range, {otherValid}::text::daterange)");
        await ExpectAsync(Second, refusedBy);
    }

    [Theory]
    [InlineData("SIP-1", "SIP-1", "[2026-06-30,)", "circuit_has_one_owner")]
    [InlineData("SIP-2", "SIP-2", "[2026-07-01,)", null)]
    [InlineData("SIP-3", "SIP-4", "[2026-06-01,)", null)]
    public async Task Two_services_do_not_answer_for_a_circuit_on_one_day(string circuit, string other, string otherValid, string? refusedBy)
    {
        await AssignAsync((db, service) => db.ExecuteAsync($"insert into customers.assignment (service_id, circuit, valid) values ({service}, {circuit}, '[2026-06-01,2026-07-01)')"));

        await ExpectAsync((db, service) => db.ExecuteAsync($"insert into customers.assignment (service_id, circuit, valid) values ({service}, {other}, {otherValid}::text::daterange)"), refusedBy);
    }

    [Fact]
    public async Task Two_tenants_may_each_have_the_number()
    {
        static Task<int> Take(TenantDb db, long service) =>
            db.ExecuteAsync($"insert into customers.assignment (service_id, numbers, valid) values ({service}, '[441134969999,441134970000)', '[2026-06-01,)')");
        await AssignAsync(Take);
        (await database.DoAsync(database.Second, async db => await Take(db, await ServiceAsync(db)))).ShouldBe(1);
    }

    private async Task ExpectAsync(Func<TenantDb, long, Task<int>> assign, string? refusedBy)
    {
        if (refusedBy is null)
        {
            await AssignAsync(assign);
            return;
        }
        var refusal = await database.RefusalAsync(database.First, async db => await assign(db, await ServiceAsync(db)));
        (refusal.SqlState, refusal.ConstraintName).ShouldBe((PostgresErrorCodes.ExclusionViolation, refusedBy));
    }

    private async Task AssignAsync(Func<TenantDb, long, Task<int>> assign) =>
        (await database.DoAsync(database.First, async db => await assign(db, await ServiceAsync(db)))).ShouldBe(1);

    private static async Task<long> ServiceAsync(TenantDb db)
    {
        var name = Guid.NewGuid().ToString("N");
        var account = await db.ScalarAsync<long>($"insert into customers.account (number, name, started_on) values ({name}, {name}, '2026-01-01') returning account_id");
        return await db.ScalarAsync<long>($"insert into customers.service (account_id, label) values ({account}, {name}) returning service_id");
    }
}
