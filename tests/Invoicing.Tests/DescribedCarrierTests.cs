using Billing.Abstractions.Values;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Audit;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Invoicing.Tests;

/// <summary>CDR-1: a carrier that a reseller describes is read, priced and kept like one that a plugin brings.</summary>
[Trait("needs", "postgres")]
public sealed class DescribedCarrierTests
{
    private const ulong First = 441632960001;

    private const string Acme = """
        { "id": "acme", "name": "Acme, calls", "carrier": "Acme", "timeZone": "Europe/London", "numbers": { "bareIsInternational": true },
          "fields": { "start": { "column": "Date", "pattern": "dd/MM/yyyy HH:mm:ss" }, "from": { "column": "Caller" }, "to": { "column": "Called" }, "duration": { "column": "Seconds" } } }
        """;

    private const string Calls = "Called,Caller,Date,Seconds\n442079460000,441632960001,02/03/2026 10:00:00,61\n442079460000,441632960001,02/03/2026 10:05:00,soon\n";

    [Fact]
    public async Task Its_files_are_recognised_from_the_moment_it_is_saved()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportTextAsync("calls.csv", Calls)).TryGet(out _, out var unknown).ShouldBeFalse();
        unknown!.Code.ShouldBe("cdr.not-recognised");

        await SaveAsync(books, null, 0, Acme);

        var file = (await books.ImportTextAsync("calls.csv", Calls)).ValueOrThrow();
        file.Format.ShouldBe("acme");
        file.Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1, ["error"] = 1 }, ignoreOrder: true);
        await using var db = await books.BeginAsync();
        (await db.QueryAsync($"select carrier, charge from usage.call where state = 'open'", row => (row.Text(0), row.Decimal(1)))).ShouldBe([("Acme", 0.011m)]);
        (await db.QueryAsync($"select error_message from usage.call where state = 'error'", row => row.Text(0))).ShouldBe(["Field 4 (Seconds): 'soon' is not a duration in seconds."]);
    }

    [Fact]
    public async Task What_can_not_be_saved_says_why()
    {
        await using var books = await Books.OpenAsync();
        (await TryAsync(books, null, 0, Acme.Replace("\"acme\"", "\"uk-prerated-8col\"", StringComparison.Ordinal))).Code.ShouldBe("records.taken");
        (await TryAsync(books, null, 0, Acme.Replace("Europe/London", "Europe/Nowhere", StringComparison.Ordinal))).Code.ShouldBe("mapping.bad-time-zone");
        await SaveAsync(books, null, 0, Acme);
        (await TryAsync(books, null, 0, Acme)).Code.ShouldBe("records.taken");
        await SaveAsync(books, null, 0, Acme.Replace("\"acme\"", "\"acme-2\"", StringComparison.Ordinal));
        (await TryAsync(books, "acme", 1, Acme.Replace("\"acme\"", "\"acme-2\"", StringComparison.Ordinal))).Code.ShouldBe("records.taken");
        (await TryAsync(books, "gone", 1, Acme)).Code.ShouldBe(LastChange.Gone);
    }

    [Fact]
    public async Task Two_who_change_it_at_once_are_told()
    {
        await using var books = await Books.OpenAsync();
        await SaveAsync(books, null, 0, Acme);
        (await SaveAsync(books, "acme", 1, Acme.Replace("Acme, calls", "Acme, all calls", StringComparison.Ordinal))).Version.ShouldBe(2);
        (await TryAsync(books, "acme", 1, Acme)).Code.ShouldBe(LastChange.ChangedMeanwhile);
        await using var db = await books.BeginAsync();
        (await DescribedCarriers.RemoveAsync(db, "acme", 1)).TryGet(out _, out var stale).ShouldBeFalse();
        stale!.Code.ShouldBe(LastChange.ChangedMeanwhile);
        (await DescribedCarriers.RemoveAsync(db, "acme", 2)).ValueOrThrow().Name.ShouldBe("Acme, all calls");
    }

    [Fact]
    public void Every_ready_made_description_can_be_saved_as_it_is()
    {
        ReadyMappings.All.Count.ShouldBeGreaterThan(10);
        foreach (var (id, document) in ReadyMappings.All)
            MappingReader.Read(System.Text.Encoding.UTF8.GetBytes(document)).ValueOrThrow().Id.ShouldBe(id);
        MappingReader.Read(System.Text.Encoding.UTF8.GetBytes(ReadyMappings.Blank)).IsSuccess.ShouldBeTrue();
    }

    private static CdrFormatCatalog Plugins()
    {
        var plugins = new CdrFormatCatalog();
        plugins.Add(new UkPreratedCdrFormat());
        return plugins;
    }

    private static async Task<DescribedCarrier> SaveAsync(Books books, string? was, int version, string document)
    {
        await using var db = await books.BeginAsync();
        var saved = (await DescribedCarriers.SaveAsync(db, Plugins(), was, version, document)).ValueOrThrow();
        await db.CommitAsync();
        return saved;
    }

    private static async Task<Failure> TryAsync(Books books, string? was, int version, string document)
    {
        await using var db = await books.BeginAsync();
        (await DescribedCarriers.SaveAsync(db, Plugins(), was, version, document)).TryGet(out _, out var failure).ShouldBeFalse();
        return failure!;
    }
}
