using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Host.Commands;
using Billing.Invoicing.BillingRuns;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Host.Demo;

/// <summary>The demo reseller's month: files in, errors mended, bills out, books checked.</summary>
internal sealed class ResellerStory(Installation installation, ulong seed, string outFolder)
{
    /// <summary>The tariff that ships with Billing.</summary>
    public const string SampleTariff = "templates/tariffs/uk-business.json";

    private const string Clerk = "Demo clerk";

    public async Task<(Tenant Tenant, DemoSummary Summary, JsonObject About)> RunAsync(CancellationToken cancellationToken)
    {
        var reseller = DemoReseller.Make(seed);
        var traffic = DemoTraffic.Make(reseller);
        var expected = traffic.Expect(reseller);
        var tenant = await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant, cancellationToken);
        await StoreAsync(tenant, reseller, cancellationToken);

        var folder = Path.Combine(outFolder, "cdr");
        await traffic.WriteAsync(folder, cancellationToken);
        var names = traffic.Files.Select(f => f.Name).Concat(traffic.Copies.Select(c => c.Name)).ToList();
        var imports = new DemoImports(installation, tenant);
        await imports.RunAsync([.. names.Select(name => Path.Combine(folder, name))], cancellationToken);

        await MendAsync(tenant, expected, cancellationToken);

        var billing = new DemoBilling(installation, tenant);
        await billing.RunAsync(new BillingRunFields(DemoMonth.InvoiceDate, DemoMonth.Cutoff, null, null), cancellationToken);
        await billing.PrintAsync(Path.Combine(outFolder, "invoices"), cancellationToken);

        var runs = await new BillingRunBook(installation.Database, installation.Clock).ListAsync(tenant, cancellationToken);
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        var summary = await DemoSummary.ReadAsync(db, tenant, runs, names, imports, cancellationToken);
        Compare(summary, expected);
        return (tenant, summary, new JsonObject { ["seed"] = seed, ["tenant"] = tenant.Slug, ["name"] = tenant.Name, ["currency"] = tenant.Currency.Code });
    }

    private async Task StoreAsync(Tenant tenant, DemoReseller reseller, CancellationToken cancellationToken)
    {
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        if ((await AccountList.LoadAsync(db, cancellationToken)).Count > 0) return;
        using var bar = new ProgressBar("Setting up the demo reseller", reseller.Accounts.Count, installation.Clock);
        var tariff = await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, await File.ReadAllTextAsync(Home.File(SampleTariff), cancellationToken), installation.Clock.GetUtcNow(), cancellationToken);
        await reseller.StoreAsync(db, tariff, bar.Report, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    // All of it in one transaction, and each part looks first whether it is done: a demo that was killed here starts over or goes on.
    private async Task MendAsync(Tenant tenant, DemoExpectations expected, CancellationToken cancellationToken)
    {
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        var errors = await ErrorDesk.LoadAsync(db, cancellationToken);
        if (errors.Count > 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {errors.Sum(e => e.Calls)} calls can't be billed, for {errors.Count} causes:"));
        foreach (var error in errors)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {error.Calls,5} x {error.Code,-28} {error.Subject}{(error.Stake.Known.Count > 0 ? $"  (costs us {error.Stake.Say(tenant.Currency)})" : "")}"));

        var assignments = await ServiceList.LoadAssignmentsAsync(db, cancellationToken);
        foreach (var fix in expected.Fixes)
        {
            switch (fix)
            {
                case DemoFix.AssignCircuit circuit when !assignments.Any(a => a.Circuit == circuit.Circuit):
                    await ServiceList.AssignCircuitAsync(db, await ServiceOf(circuit.Account, circuit.Service), circuit.Circuit, circuit.Valid, cancellationToken);
                    break;
                case DemoFix.AssignNumbers numbers when !assignments.Any(a => a.First == numbers.First):
                    await ServiceList.AssignNumbersAsync(db, await ServiceOf(numbers.Account, numbers.Service), Number(numbers.First), Number(numbers.Last), numbers.Valid, cancellationToken);
                    break;
                case DemoFix.AddRate rate:
                    await AddRateAsync(db, rate, cancellationToken);
                    break;
                case DemoFix.Exclude exclude:
                    await ErrorDesk.ExcludeAsync(db, exclude.Code, exclude.Subject, Clerk, exclude.Why, installation.Clock.GetUtcNow(), cancellationToken);
                    break;
            }
        }
        var outcome = await Rerating.RunAsync(db, tenant, onlyErrors: true, cancellationToken);
        await db.CommitAsync(cancellationToken);
        if (outcome.Cleared > 0) Console.Error.WriteLine($"  mended the causes and priced again: {outcome.Cleared} calls cleared, {outcome.StillFailing} stay");

        async Task<ServiceId> ServiceOf(string account, string label) => await ServiceList.FindAsync(db, account, label, cancellationToken)
            ?? throw new InvalidOperationException($"Account {account} has no service '{label}'.");
    }

    private async Task AddRateAsync(TenantDb db, DemoFix.AddRate rate, CancellationToken cancellationToken)
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Home.File(SampleTariff), cancellationToken))!;
        document["rates"]!.AsArray().Add(new JsonObject
        {
            ["prefix"] = rate.Prefix,
            ["destination"] = rate.Destination,
            ["perMinute"] = rate.PerMinute.ToString(CultureInfo.InvariantCulture),
        });
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, document.ToJsonString(), installation.Clock.GetUtcNow(), cancellationToken);
    }

    // What the generator meant, against what came of it: an error of ours in reading, matching, rating or counting shows here.
    private static void Compare(DemoSummary summary, DemoExpectations expected)
    {
        summary.Check("as many lines as were generated", summary.Files.Sum(f => f.Lines) == expected.Lines, $"{summary.Files.Sum(f => f.Lines)} of {expected.Lines}");
        summary.Check("errors left are the ones meant to stay",
            summary.Errors.Select(e => (e.Code, (int)e.Calls)).Order().SequenceEqual(expected.LeftOpen.Select(l => (l.Code, l.Lines)).Order()),
            string.Join(", ", summary.Errors.Select(e => $"{e.Calls} x {e.Code} {e.Subject}")));
        var wrong = summary.Invoices.Where(i => expected.Usage.GetValueOrDefault(i.AccountNumber) is var u && ((u?.Calls ?? 0) != i.Calls || (u?.Seconds ?? 0) != i.Seconds)).ToList();
        summary.Check("each invoice has the calls that were made", wrong.Count == 0 && summary.Invoices.Sum(i => i.Calls) == expected.Usage.Values.Sum(u => u.Calls),
            wrong.Count == 0 ? $"{summary.Invoices.Sum(i => i.Calls)} calls" : string.Join(", ", wrong.Select(i => $"{i.AccountNumber} bills {i.Calls} calls and {i.Seconds} s instead of {expected.Usage.GetValueOrDefault(i.AccountNumber)}")));
    }

    private static E164Number Number(ulong digits) => E164Number.TryCreate(digits, out var number) ? number : throw new InvalidOperationException($"{digits} is not a telephone number.");
}
