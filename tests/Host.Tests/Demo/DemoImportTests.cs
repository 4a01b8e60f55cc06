using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Host.Demo;
using Billing.Plugins.Asterisk;
using Billing.Plugins.Gamma;
using Billing.Plugins.UkPrerated;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;
using Billing.Usage.Explaining;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.WhatIf;

namespace Billing.Host.Tests.Demo;

/// <summary>The demo's data against the real import: what the generator meant is what the database says.</summary>
[Trait("needs", "postgres")]
public sealed class DemoImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Stored_and_imported_every_line_of_every_file_ends_as_it_was_meant()
    {
        await using var server = await postgres.CreateDatabaseAsync();
        await using var database = await Database.OpenAsync(server.OwnerConnectionString, null, Installation.Migrations, default);
        var tenant = await new TenantDirectory(database).OpenAsync(DemoReseller.Tenant);
        await using (var db = await database.BeginAsync(tenant.Id))
        {
            var tariff = await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, await File.ReadAllTextAsync(Home.File(ResellerStory.SampleTariff)), DateTimeOffset.UnixEpoch);
            var last = 0;
            await Demos.Reseller.StoreAsync(db, tariff, done => last = done);
            await db.CommitAsync();
            last.ShouldBe(200);
        }

        var import = new CdrImport(database, Formats(), TimeProvider.System);
        foreach (var file in Demos.Traffic.Files)
            (await import.ImportAsync(tenant, file.Name, file.Bytes(), null)).TryGet(out _, out var failure).ShouldBeTrue(failure?.ToString());
        foreach (var (name, of) in Demos.Traffic.Copies)
        {
            (await import.ImportAsync(tenant, name, of.Bytes(), null)).TryGet(out _, out var refusal).ShouldBeFalse();
            refusal!.Code.ShouldBe("usage.file-known");
        }

        await using var reading = await database.BeginAsync(tenant.Id);
        var balances = await UsageBalance.LoadAsync(reading, DemoMonth.Cutoff);
        balances.Count.ShouldBe(Demos.Traffic.Files.Count);
        foreach (var balance in balances)
        {
            var file = Demos.Traffic.Files.Single(f => f.Name == balance.Name);
            balance.IsBalanced.ShouldBeTrue(balance.Name);
            balance.Lines.ShouldBe(file.Lines.Count, balance.Name);
            balance.Skipped.ShouldBe(file.Count(DemoFate.Heading), balance.Name);
            balance.Open.ShouldBe(Sum(file, DemoFate.Billable, DemoFate.Late, DemoFate.Reversal, DemoFate.ZeroSeconds), balance.Name);
            balance.Held.ShouldBe(file.Count(DemoFate.Held), balance.Name);
            balance.ZeroRated.ShouldBe(file.Count(DemoFate.Unanswered), balance.Name);
            balance.Duplicate.ShouldBe(Sum(file, DemoFate.Duplicate, DemoFate.Superseded), balance.Name);
            balance.Excluded.ShouldBe(file.Count(DemoFate.Withdrawn), balance.Name);
            balance.Error.ShouldBe(Sum(file, DemoFate.Unassigned, DemoFate.NotOwnedOnDay, DemoFate.UnknownDestination, DemoFate.TooOld, DemoFate.BadLine), balance.Name);
        }

        var groups = await ErrorDesk.LoadAsync(reading);
        foreach (var exclude in Demos.Expected.Fixes.OfType<DemoFix.Exclude>())
            groups.Single(g => g.Code == exclude.Code && g.Subject == exclude.Subject).Calls.ShouldBe(exclude.Calls, $"{exclude.Code} {exclude.Subject}");
        foreach (var (code, subject, lines, _) in Demos.Expected.LeftOpen)
            groups.Single(g => g.Code == code && g.Subject == subject).Calls.ShouldBe(lines, $"{code} {subject}");

        await MendAsync(reading);
        var cleared = (await Rerating.RunAsync(reading, tenant, onlyErrors: true)).Cleared;
        cleared.ShouldBe(Demos.Expected.Fixes.Where(f => f is not DemoFix.Exclude).Sum(f => f.Calls));
        (await ErrorDesk.LoadAsync(reading)).Select(g => (g.Code, g.Subject, Lines: (int)g.Calls)).Order()
            .ShouldBe(Demos.Expected.LeftOpen.Select(l => (l.Code, l.Subject, l.Lines)).Order());

        // 3.3: done again from what is stored, each call comes to what is stored, on a bill or not.
        var traces = new CallTraces(reading, tenant);
        foreach (var balance in balances)
            foreach (var trace in await traces.OfFileAsync(balance.FileId))
            {
                trace.IsReproduced.ShouldBeTrue($"{trace.FileName}:{trace.Line} {trace.Charge} {trace.Computed}");
                if (trace.State == "open") trace.Owner.ShouldNotBeNull().Why.ShouldNotContain("taken from the service");
                if (trace.State == "open") trace.Tariffs.Count(t => t.IsUsed).ShouldBe(1);
                if (trace.Charge is not null) trace.Steps.ShouldNotBeEmpty();
            }

        // 3.5: the published tariff as a draft of itself changes nothing to the penny, and what it comes to is what is stored, call by call.
        var published = (await TariffBook.LoadAsync(reading)).Single(t => t.IsDefault);
        var draft = new DraftWish(published.Code, await TariffBook.FindDocumentAsync(reading, published.Id, published.Latest));
        var plan = (await WhatIfPlanning.PlanAsync(reading, tenant, new WhatIfWish("Unchanged", null, 3, [draft], []))).ValueOrThrow();
        var replayed = (await WhatIfReplay.RunAsync(reading, tenant, plan)).ValueOrThrow();
        replayed.Total.Calls.ShouldBeGreaterThan(1000);
        replayed.Total.IsUnchanged.ShouldBeTrue();
        (replayed.Total.Charged, replayed.Total.ChargedOtherwise).ShouldBe((replayed.Total.Before, 0L));
        replayed.Accounts.ShouldAllBe(a => a.Figures.IsUnchanged);
        (await reading.ScalarAsync<decimal>($"select sum(charge) from usage.call where state = 'open'")).ShouldBe(replayed.Total.After);

        foreach (var account in await AccountList.LoadAsync(reading))
        {
            var calls = await UnbilledUsage.LoadAsync(reading, account.Id, tenant.StartOf(DemoMonth.InvoiceDate));
            var usage = Demos.Expected.Usage.GetValueOrDefault(account.Number) ?? new DemoAccountUsage(0, 0, 0);
            (calls.Count, calls.Sum(c => (long)c.Seconds)).ShouldBe((usage.Calls, usage.Seconds), account.Name);
        }
    }

    private static async Task MendAsync(TenantDb db)
    {
        foreach (var fix in Demos.Expected.Fixes)
        {
            switch (fix)
            {
                case DemoFix.AssignCircuit circuit:
                    await ServiceList.AssignCircuitAsync(db, await ServiceOf(circuit.Account, circuit.Service), circuit.Circuit, circuit.Valid);
                    break;
                case DemoFix.AssignNumbers numbers:
                    await ServiceList.AssignNumbersAsync(db, await ServiceOf(numbers.Account, numbers.Service), Number(numbers.First), Number(numbers.Last), numbers.Valid);
                    break;
                case DemoFix.AddRate rate:
                    var tariff = JsonNode.Parse(await File.ReadAllTextAsync(Home.File(ResellerStory.SampleTariff)))!;
                    tariff["rates"]!.AsArray().Add(new JsonObject
                    {
                        ["prefix"] = rate.Prefix, ["destination"] = rate.Destination, ["perMinute"] = rate.PerMinute.ToString(CultureInfo.InvariantCulture),
                    });
                    await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, tariff.ToJsonString(), DateTimeOffset.UnixEpoch);
                    break;
                case DemoFix.Exclude exclude:
                    (await ErrorDesk.ExcludeAsync(db, exclude.Code, exclude.Subject, "Test", exclude.Why, TimeProvider.System.GetUtcNow())).ShouldBe(exclude.Calls);
                    break;
            }
        }

        async Task<ServiceId> ServiceOf(string account, string label) => (await ServiceList.FindAsync(db, account, label)).ShouldNotBeNull();

        static E164Number Number(ulong digits) => E164Number.Parse($"+{digits}", NumberRules.Uk).ValueOrThrow();
    }

    private static int Sum(DemoFile file, params DemoFate[] fates) => fates.Sum(file.Count);

    private static CdrFormatCatalog Formats()
    {
        var catalog = new CdrFormatCatalog();
        catalog.Add(new GammaCdrFormat());
        catalog.Add(new UkPreratedCdrFormat());
        catalog.Add(new AsteriskCdrFormat(CdrSettings.Default));
        return catalog;
    }
}
