using Billing.Rating.RateCards;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests.Allowances;

/// <summary>Messages and data from the stored record to the charge: by rates of their own kind, and an error where there is none.</summary>
[Trait("needs", "postgres")]
public sealed class MessagePriceTests
{
    [Fact]
    public async Task R15_a_stored_message_or_session_is_priced_by_its_kind_and_never_as_a_call_of_no_seconds()
    {
        await using var books = await Shop.OpenAsync();
        await books.CustomerAsync("A", Shop.First);
        (await books.ImportAsync("a.csv", books.Call(Shop.First, "2026-03-02 10:00:00", 60), books.Call(Shop.First, "2026-03-03 10:00:00", 60), books.Call(Shop.First, "2026-03-04 10:00:00", 60))).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            await db.ExecuteAsync($"update usage.call set kind = 'sms', quantity = 3, seconds = 0 where started_at::date = '2026-03-03'");
            await db.ExecuteAsync($"update usage.call set kind = 'data', quantity = 1500000, seconds = 0, called = null where started_at::date = '2026-03-04'");
            await db.CommitAsync();
        }

        (await RerateAsync(books)).ShouldBe(["voice 0.0600 ", "sms  rating.unknown-destination", "data  rating.no-number"]);

        await using (var db = await books.BeginAsync())
        {
            await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, """
                { "formatVersion": 1, "name": "With messages", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
                  "defaults": { "interval": { "first": 1, "next": 1 } }, "data": { "megabyte": 1000000, "roundUpTo": 1000 },
                  "rates": [ { "prefix": "44", "destination": "UK landline", "perMinute": "0.06" }, { "kind": "sms", "prefix": "44", "destination": "UK text", "perMessage": "0.04" },
                             { "kind": "data", "any": true, "destination": "Data", "perMegabyte": "0.02" } ] }
                """, books.Clock.GetUtcNow());
            await db.CommitAsync();
        }
        (await RerateAsync(books)).ShouldBe(["voice 0.0600 ", "sms 0.1200 ", "data 0.0300 "]);
        (await RerateAsync(books)).ShouldBe(["voice 0.0600 ", "sms 0.1200 ", "data 0.0300 "], "the same again changes nothing");
    }

    private static async Task<IReadOnlyList<string>> RerateAsync(BillingRuns.Books books)
    {
        await using var db = await books.BeginAsync();
        await Rerating.RunAsync(db, books.Tenant, onlyErrors: false);
        var calls = await db.QueryAsync($"select kind, coalesce(round(charge, 4)::text, ''), coalesce(error_code, '') from usage.call order by started_at", row => $"{row.Text(0)} {row.Text(1)} {row.Text(2)}");
        await db.CommitAsync();
        return calls;
    }
}
