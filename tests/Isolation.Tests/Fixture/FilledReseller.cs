using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Keys;
using Billing.Api.Webhooks;
using Billing.Catalog.Allowances;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Delivery.Documents;
using Billing.Delivery.Outbox;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;
using Billing.Plugins.UkPrerated;
using Billing.Portal.Grants;
using Billing.Rating.Allowances;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Arrivals;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Guards;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.Matching;
using Billing.Usage.Register;
using Billing.Usage.Uploads;
using Billing.Usage.WhatIf;

namespace Billing.Isolation.Tests.Fixture;

/// <summary>
/// A reseller with something in every table: a posted run and a pending one, calls good and bad, people of each role, a portal, an import, keys,
/// webhooks. Every text of it begins with its mark, and within that says whose it is: the reseller's <c>own</c>, or a customer's.
/// </summary>
sealed class FilledReseller
{
    /// <summary>The customer whose ids are tried by others; the last one to be billed.</summary>
    public const string Target = "one";

    /// <summary>The marked reseller's other customer.</summary>
    public const string Neighbour = "two";

    static readonly DateOnly Start = new(2026, 10, 1);

    Database database;
    readonly TimeProvider clock;
    readonly Dictionary<string, (AccountId Id, string Number)> accounts = new(StringComparer.Ordinal);

    FilledReseller(Database database, TimeProvider clock, Tenant tenant, string mark, ulong numbers) =>
        (this.database, this.clock, Tenant, Mark, Numbers) = (database, clock, tenant, mark, numbers);

    public Tenant Tenant { get; }

    /// <summary>What each of its texts begins with.</summary>
    public string Mark { get; }

    /// <summary>The same for what takes letters only: addresses, the source of a template.</summary>
    public string PlainMark => new([.. Mark.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]);

    /// <summary>The first of its numbers; the next 99 are its customers'.</summary>
    public ulong Numbers { get; }

    /// <summary>Where its staff signs in.</summary>
    public string Office => $"office.{Tenant.Slug}.example";

    /// <summary>Where its customers sign in.</summary>
    public string Portal => $"bills.{Tenant.Slug}.example";

    /// <summary>What the browsers of its people carry, by role or by customer.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public AccountId Account(string name) => accounts[name].Id;

    /// <summary>Numbers of accounts begin with a letter of the reseller, so that one's are never another's.</summary>
    public string AccountNumber(string name) => accounts[name].Number;

    public static CdrFormatCatalog Formats()
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        return formats;
    }

    public static async Task<FilledReseller> OpenAsync(Database database, TimeProvider clock, string slug, string mark, ulong numbers, params string[] customers)
    {
        // What everybody may read at the reseller's own addresses (its portal says who it is, as the law wants it) is named by its slug; the rest by its mark.
        var brand = new Brand("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><path d=\"M0 0h40v10z\" fill=\"#0b4f5c\"/></svg>", "#0b4f5c", "#c2571a", $"www.{slug}.example",
            $"help@{slug}.example", "0808 157 0142", [mark + "own bank"], $"Complaints to {slug}.");
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant(slug, slug.ToUpperInvariant() + " Telecom", slug.ToUpperInvariant() + " Limited", ["1 High Street"], "GB", "00004217", "GB 000 0000 00", "GBP", "Europe/London", brand));
        var reseller = new FilledReseller(database, clock, tenant, mark, numbers);
        await reseller.SellAsync(customers);
        await reseller.ImportCallsAsync("october", 10);
        await reseller.BillAsync();
        await reseller.ImportCallsAsync("november", 11);
        await reseller.MendAsync();
        await reseller.RollBackAsync();
        await reseller.PlanAsync();
        await reseller.DraftAsync();
        await reseller.ReplayAsync();
        await reseller.ChargeAsync();
        await reseller.LetPeopleInAsync();
        await reseller.ImportRecordsAsync();
        await reseller.ConnectAsync();
        return reseller;
    }

    /// <summary>The same reseller in a copy of its database.</summary>
    public FilledReseller On(Database copy)
    {
        var same = (FilledReseller)MemberwiseClone();
        same.database = copy;
        return same;
    }

    public static string Csv(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    async Task SellAsync(string[] customers)
    {
        await using var db = await database.BeginAsync(Tenant.Id);
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, $$"""
            {
              "formatVersion": 1, "name": {{Json(Mark + "own tariff")}}, "currency": "GBP", "timeZone": "Europe/London",
              "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
              "defaults": { "interval": { "first": 1, "next": 1 } },
              "rates": [ { "prefix": "44", "destination": {{Json(Mark + "own landline")}}, "perMinute": "0.05" } ]
            }
            """, clock.GetUtcNow());
        // A tariff whose code no other reseller has, and a version of it that waits.
        var gold = $"GOLD-{Tenant.Slug[0]}";
        await TariffShelf.PublishAsync(db, gold, $$"""{ "formatVersion": 1, "name": {{Json(Mark + "own gold")}}, "basedOn": "default" }""", clock.GetUtcNow());
        var entry = (await TariffBook.LoadAsync(db)).Single(tariff => tariff.Code == gold);
        var (proposal, _) = await TariffProposal.ReadAsync(db, entry, $$"""{ "formatVersion": 1, "name": {{Json(Mark + "own next gold")}}, "basedOn": "default" }""");
        (await TariffDrafts.KeepAsync(db, entry, proposal!, clock.GetUtcNow())).ValueOrThrow();
        var terms = new RecurringTerms(1, BillingTime.Arrears, ProrationBasis.Actual);
        var line = await ProductList.AddAsync(db, new Product("LINE", Mark + "own rental", 12m, terms, "standard", "4100"));
        (await DescribedCarriers.SaveAsync(db, new CdrFormatCatalog(), null, 0, $$"""
            { "id": {{Json($"calls-of-{Tenant.Slug}")}}, "name": {{Json(Mark + "own calls")}}, "carrier": {{Json(Mark + "own carrier")}}, "timeZone": "Europe/London",
              "fields": { "start": { "column": 1, "pattern": "unix" }, "to": { "column": 2 }, "duration": { "column": 3 } } }
            """)).ValueOrThrow();
        var setUp = await ProductList.AddAsync(db, new Product($"SETUP-{Tenant.Slug[0]}", Mark + "own set-up", 25m, null, "standard", "4200"));
        for (var i = 0; i < customers.Length; i++)
        {
            var (name, number) = (Mark + customers[i], string.Create(CultureInfo.InvariantCulture, $"{Tenant.Slug[0]}{7001 + i}"));
            var account = await AccountList.AddAsync(db, new NewAccount(number, name + " Ltd", null, Start)
            {
                InvoiceMessage = name + " message",
                Sites = [new Site(name + " office", [name + " road"], true)],
            });
            accounts[customers[i]] = (account, number);
            (await ContactBook.AddAsync(db, account, new Contact(name + " contact", $"{PlainMark}{customers[i]}@contacts.example", "020 7946 0018", true))).ValueOrThrow();
            var service = await ServiceList.AddAsync(db, account, name + " line", name + " office");
            E164Number.TryCreate(Numbers + (ulong)i, out var phone).ShouldBeTrue();
            await ServiceList.AssignNumbersAsync(db, service, phone, phone, new DateInterval(Start, null));
            await ServiceList.AssignCircuitAsync(db, service, name + "-circuit", new DateInterval(Start, null));
            await ChargeList.AddAsync(db, new Subscription(default, account, service, line, name + " rental", 1, 12m, terms, 1, new DateInterval(Start, null)));
            await ChargeList.AddAsync(db, new OneOffCharge(0, account, service, setUp, name + " set-up", 25m, Start));
        }
        // A penny of calls is included for everybody, so that there is a draw of each; a limit nobody reaches, and a consent to pay more.
        var penny = (await AllowanceBook.AddAsync(db, $"PENNY-{Tenant.Slug[0]}", new Allowance(Mark + "own penny", [new AllowanceLimit(AllowanceMeasure.Money, 0.01m)], Coverage.All, AllowancePool.Account, CrossingPolicy.Split, false, false, null,
            PartPeriod.Full))).ValueOrThrow();
        (await AllowanceBook.IncludeAsync(db, line, penny, new(2027, 1, 1))).ValueOrThrow();
        foreach (var (customer, (account, _)) in accounts)
        {
            (await GivenAllowanceBook.GiveAsync(db, new GivenAllowance(account, null, penny, 1, 1, new DateInterval(Start, null)))).ValueOrThrow();
            var cap = (await SpendCapBook.SetAsync(db, new AccountSpendCap(account, null, Mark + customer + " limit", 1000m, Coverage.All, 1, new DateInterval(Start, null)))).ValueOrThrow();
            (await SpendCapBook.ConsentAsync(db, account, cap, new SpendCapConsent(new DateInterval(new(2027, 1, 1), new(2027, 2, 1)), Mark + customer + " person", Mark + customer + " letter", clock.GetUtcNow()))).ShouldBeNull();
        }
        // A service and a charge that nothing hangs on yet: these can be removed.
        var target = accounts[Target].Id;
        await ServiceList.AddAsync(db, target, Mark + Target + " spare", Mark + Target + " office");
        await ChargeList.AddAsync(db, new OneOffCharge(0, target, null, setUp, Mark + Target + " later", 5m, new DateOnly(2026, 12, 1)));
        await db.CommitAsync();
    }

    async Task ImportCallsAsync(string name, int month)
    {
        var text = new StringBuilder("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n");
        for (var i = 0; i < accounts.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Numbers + (ulong)i},442079460000,05/{month:00}/2026,10:0{i}:00,60,0.010,{Csv($"{Mark}own-{month}-{i}")},GBP\n");
        // A number that is nobody's, and a line that is none.
        text.Append(CultureInfo.InvariantCulture, $"{Numbers + 99},442079460000,06/{month:00}/2026,11:00:00,60,0.010,{Csv($"{Mark}own-{month}-lost")},GBP\n{Numbers + 98},442079460000,{Csv(Mark + "own day")},11:00:00,60,0.010,{Csv($"{Mark}own-{month}-bad")},GBP\n");
        text.Append(CultureInfo.InvariantCulture, $"{Numbers + 97},442079460000,07/{month:00}/2026,11:00:00,60,0.010,{Csv($"{Mark}own-{month}-out")},GBP\n");
        // One file with the shared partition, one with its own.
        var import = new CdrImport(database, Formats(), clock) { OwnPartFrom = month == 10 ? 0 : CdrImport.BigFrom };
        (await import.ImportAsync(Tenant, $"{Mark}own_{name}.csv", Encoding.UTF8.GetBytes(text.ToString()), null)).ValueOrThrow();
        if (month == 10) return;
        // Somebody took one number's calls out of billing.
        await using var db = await database.BeginAsync(Tenant.Id);
        (await ErrorDesk.ExcludeAsync(db, "usage.unassigned", $"+{Numbers + 97}", Mark + "own clerk", Mark + "own reason", clock.GetUtcNow())).ShouldBe(2);
        await db.CommitAsync();
    }

    // Errors that were priced again, and a cause that is to be left out.
    async Task MendAsync()
    {
        await using var db = await database.BeginAsync(Tenant.Id, new Actor(ActorKind.System, null, Mark + "own clerk"));
        var lost = (await ErrorDesk.LoadAsync(db)).Where(group => group.Code == "usage.unassigned").ToList();
        (await Remedies.ApplyAsync(db, Tenant, lost, new Remedy(Remedy.Again), clock.GetUtcNow())).ValueOrThrow();
        var today = Tenant.DayOf(clock.GetUtcNow());
        (await ExclusionRules.MakeAsync(db, new ErrorCause("usage.unassigned", $"+{Numbers + 94}"), Mark + "own reason", today.AddDays(30), today, clock.GetUtcNow())).ValueOrThrow();
        await db.CommitAsync();
    }

    // A file that came and was taken out again, and one that is only compared.
    async Task RollBackAsync()
    {
        foreach (var (name, kind) in ((string, CdrFileKind)[])[("gone", CdrFileKind.Daily), ("compared", CdrFileKind.Reconciliation)])
        {
            var text = $"caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n{Numbers + 96},442079460000,08/10/2026,11:00:00,60,0.010,{Csv($"{Mark}own-{name}")},GBP\n";
            var import = new CdrImport(database, Formats(), clock) { Stated = new FileStatement(kind, null) };
            var file = (await import.ImportAsync(Tenant, $"{Mark}own_{name}.csv", Encoding.UTF8.GetBytes(text), null)).ValueOrThrow();
            if (kind == CdrFileKind.Reconciliation) continue;
            await using var db = await database.BeginAsync(Tenant.Id);
            (await FileRollback.RunAsync(db, Tenant, file.FileId, Mark + "own mistake", new InvoiceNames(), clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
    }

    // Files that are expected, and one of them that will not come.
    async Task PlanAsync()
    {
        await using var db = await database.BeginAsync(Tenant.Id);
        var plan = (await ArrivalBook.SaveAsync(db, 0, 0, new ArrivalTerms(Mark + "own carrier", Mark + "own files", ArrivalEvery.Daily, 0, Tenant.DayOf(clock.GetUtcNow()).AddDays(-3), null, null))).ValueOrThrow();
        (await GuardBook.SaveAsync(db, new VolumeGuard(Mark + "own carrier", 5, 50, null, null))).ValueOrThrow();
        var late = (await ArrivalBook.LoadAsync(db, Tenant, Formats(), clock.GetUtcNow())).Single().Late.Last();
        (await ArrivalBook.ExcuseAsync(db, Tenant, Formats(), plan.Id, late.Start, Mark + "own holiday", clock.GetUtcNow())).ValueOrThrow();
        await db.CommitAsync();
    }

    // A carrier's file of recurring charges: a line that is somebody's, one that nobody is known for, and one that was decided about.
    async Task ChargeAsync()
    {
        await using (var db = await database.BeginAsync(Tenant.Id))
        {
            (await DescribedCarriers.SaveAsync(db, new CdrFormatCatalog(), null, 0, ReadyMappings.All["recurring-eight"])).ValueOrThrow();
            await db.CommitAsync();
        }
        var text = $"""
            Service,Product,Description,From,To,Quantity,Amount,Currency
            {Csv(Mark + Target + "-circuit")},{Csv(Mark + "own product")},{Csv(Mark + "own words")},01/10/2026,31/10/2026,1,10.50,GBP
            {Csv(Mark + "own lost circuit")},{Csv(Mark + "own product")},{Csv(Mark + "own words")},01/10/2026,31/10/2026,1,24.00,GBP
            ,{Csv(Mark + "own platform")},{Csv(Mark + "own words")},01/10/2026,31/10/2026,1,45.00,GBP

            """;
        var file = (await new CdrImport(database, Formats(), clock).ImportAsync(Tenant, $"{Mark}own_rentals.csv", Encoding.UTF8.GetBytes(text), null)).ValueOrThrow();
        file.Calls.ShouldBe(new Dictionary<string, long> { ["allocated"] = 1, ["error"] = 2 }, ignoreOrder: true);
        await using var desk = await database.BeginAsync(Tenant.Id, new Actor(ActorKind.Staff, null, Mark + "own clerk"));
        var cause = (await ChargeDesk.LoadAsync(desk)).Single(c => c.Cause.Code == ChargeError.NoService).Cause;
        (await ChargeDesk.ExcludeAsync(desk, cause, null, Mark + "own reason", clock.GetUtcNow())).ValueOrThrow().ShouldBe(1);
        var product = (await ProductList.LoadAsync(desk)).Single(p => p.Value.Terms is not null).Key.Value;
        (await CarrierProductBook.SaveAsync(desk, cause.Carrier, Mark + "own product", product, 15m, 0)).ValueOrThrow();
        (await CarrierInvoiceBook.SaveAsync(desk, new CarrierInvoice(file.FileId, Mark + "own invoice", 79.50m, "GBP", 0))).ValueOrThrow();
        await desk.CommitAsync();
    }

    async Task BillAsync()
    {
        var book = new BillingRunBook(database, clock);
        var run = (await book.OpenAsync(Tenant, new BillingRunFields(new(2026, 11, 1), new(2026, 10, 31), new(2026, 11, 15), Mark + "own October"))).ValueOrThrow();
        var draft = (await book.DraftAsync(Tenant, run.Id)).ValueOrThrow();
        foreach (var gate in RunGate.All) await book.ConfirmAsync(Tenant, run.Id, gate, Mark + "own clerk");
        (await book.RequestAsync(Tenant, run.Id, draft.Hash)).ValueOrThrow();
        var folder = Directory.CreateTempSubdirectory("isolation-tests-");
        try
        {
            var template = Path.Combine(folder.FullName, "plain.sbnhtml");
            await File.WriteAllTextAsync(template, $"<p>{PlainMark}own {{{{ invoice.number }}}}</p>");
            (await new RunPosting(database, clock).PostAsync(Tenant, run.Id, TemplateSet.Read(template))).ValueOrThrow();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        await using var db = await database.BeginAsync(Tenant.Id);
        foreach (var invoice in await InvoiceRegister.ListAsync(db, run.Id))
            await DocumentStore.KeepAsync(db, invoice.Subject, InvoicePrinting.MediaType, invoice.Number + ".pdf", Encoding.ASCII.GetBytes($"%PDF-1.4\n% {Mark}own {invoice.Number}\n%%EOF\n"), clock.GetUtcNow());
        await db.CommitAsync();
    }

    async Task DraftAsync()
    {
        var book = new BillingRunBook(database, clock);
        var run = (await book.OpenAsync(Tenant, new BillingRunFields(new(2026, 11, 9), new(2026, 11, 8), new(2026, 11, 23), Mark + "own November"))).ValueOrThrow();
        (await book.DraftAsync(Tenant, run.Id)).ValueOrThrow();
        await book.ConfirmAsync(Tenant, run.Id, RunGate.All[0], Mark + "own clerk");
    }

    // October and November replayed through a draft that knows no number, so that there are figures, and calls without a price.
    async Task ReplayAsync()
    {
        var draft = $$"""
            { "formatVersion": 1, "name": {{Json(Mark + "own draft")}}, "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
              "defaults": { "interval": { "first": 1, "next": 1 } }, "rates": [ { "prefix": "1", "destination": "America", "perMinute": "0.05" } ] }
            """;
        await using (var db = await database.BeginAsync(Tenant.Id, new Actor(ActorKind.Staff, null, Mark + "own planner")))
        {
            (await WhatIfBook.AskAsync(db, Tenant, new WhatIfWish(Mark + "own question", Start, 2, [new DraftWish(TariffShelf.DefaultCode, draft)], []), clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
        var folder = Directory.CreateTempSubdirectory("isolation-tests-");
        try
        {
            var uploads = new CdrUploads(database, Formats(), new UploadFolder(folder.FullName), new UploadLimits(), clock);
            var runner = new JobRunner(database, new JobKinds(UsageModule.Jobs(uploads, new ErrorRepair(database, clock))), clock);
            foreach (var (tenant, job) in await JobBook.LiveAsync(database))
                if (tenant == Tenant.Id) await runner.RunAsync(tenant, job, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task LetPeopleInAsync()
    {
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(Tenant.Id);
        (await HostNames.AddAsync(db, Portal, isPortal: true, now)).ValueOrThrow();
        (await HostNames.AddAsync(db, Office, isPortal: false, now)).ValueOrThrow();
        foreach (var role in Role.OfTenants) await ComeInAsync("sid", role, PersonKind.Staff, role, null);
        foreach (var (customer, (account, _)) in accounts)
        {
            var person = await ComeInAsync("cid", customer, PersonKind.Customer, Role.Customer, account.Value);
            (await GrantBook.GrantAsync(db, new PortalGrant(person.Value, account, null, PortalRole.Owner, true, [], 1), now)).ValueOrThrow();
        }
        // Somebody who may see one number, has a second factor, and a link they have not used.
        var service = (await ServiceList.FindAsync(db, AccountNumber(Target), Mark + Target + " line")) ?? throw new InvalidOperationException("There is no line.");
        var assistant = await ComeInAsync("cid", "assistant", PersonKind.Customer, Role.Customer, Account(Target).Value);
        (await GrantBook.GrantAsync(db, new PortalGrant(assistant.Value, Account(Target), null, PortalRole.OwnNumbers, false, [new NumberGrant(service, 0)], 1), now)).ValueOrThrow();
        await db.ExecuteAsync($"insert into tenancy.credential (person_id, password_hash, password_set_at, stamp, totp_secret, has_totp) values ({assistant.Value}, {Mark + "own hash"}, {now.UtcDateTime}, {Mark + "own stamp"}, {Mark + "own secret"}, true)");
        await db.ExecuteAsync($"insert into tenancy.recovery_code (person_id, code_hash) values ({assistant.Value}, {RandomKey.Hash(Mark)})");
        await OneTimeLinks.MakeAsync(db, assistant, LinkPurpose.Reset, now);
        await SignInGuard.CountAsync(db, Mark + "own guess", 5, now);
        await MessageBox.PutAsync(db, PlainMark + "own@example.com", Mark + "own subject", Mark + "own message with a link", isSecret: true, now);
        await db.CommitAsync();

        async Task<PersonId> ComeInAsync(string cookie, string key, PersonKind kind, string role, long? account)
        {
            var whose = account is null ? "own" : key == "assistant" ? Target : key;
            var text = Mark + whose;
            var person = (await People.AddAsync(db, kind, $"{PlainMark}{whose}-{key}@people.example", $"{text} {key}", role, account, now)).ValueOrThrow();
            Cookies[key] = $"{cookie}={await Sessions.BeginAsync(db, person, true, "127.0.0.1", text + " browser", now)}";
            return person;
        }
    }

    async Task ImportRecordsAsync()
    {
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(Tenant.Id, new Actor(ActorKind.Staff, null, Mark + "own importer"));
        var applied = await UploadAsync("applied");
        var preview = await ImportBook.PreviewAsync(db, Tenant, (await ImportBook.FindAsync(db, applied))!, Tenant.DayOf(now));
        (await ImportBook.ApplyAsync(db, Tenant, applied, preview.Plan!.Fingerprint, false, now)).ValueOrThrow();
        await UploadAsync("open");
        await db.CommitAsync();

        async Task<long> UploadAsync(string name)
        {
            var csv = $"Account number,Name,Email,Address line 1,Town\n{Tenant.Slug[0]}{name},{Csv($"{Mark}own {name}")},{PlainMark}own-{name}@example.com,{Csv(Mark + "own lane")},{Csv(Mark + "own town")}\n";
            var id = (await ImportBook.UploadAsync(db, ImportKinds.Customers, $"{Mark}own_{name}.csv", Encoding.UTF8.GetBytes(csv), now)).ValueOrThrow();
            var import = (await ImportBook.FindAsync(db, id))!;
            (await ImportBook.MapAsync(db, import, import.Columns, import.Settings)).ValueOrThrow();
            return id;
        }
    }

    async Task ConnectAsync()
    {
        await using var db = await database.BeginAsync(Tenant.Id, new Actor(ActorKind.Staff, null, Mark + "own admin"));
        var (webhook, _) = (await WebhookBook.AddAsync(db, $"https://hooks.{Tenant.Slug}.example/{PlainMark}own", EventKind.All, Role.PermissionsOf(Role.Admin).ToHashSet(StringComparer.Ordinal), new WebhookSettings(false))).ValueOrThrow();
        await WebhookBook.RaiseAsync(db, EventKind.All[0], clock.GetUtcNow(), new { Note = Mark + "own event" });
        await WebhookBook.PingAsync(db, webhook.Id, clock.GetUtcNow());
        await db.CommitAsync();
    }

    /// <summary>A key for a program of the reseller's.</summary>
    public async Task<string> KeyAsync(string label, params IReadOnlyList<string> scopes)
    {
        await using var db = await database.BeginAsync(Tenant.Id);
        var key = (await ApiKeyBook.AddAsync(db, Mark + "own " + label, scopes.Count == 0 ? ApiKeyBook.ForKeys : scopes, ApiKeyBook.ForKeys.ToHashSet(StringComparer.Ordinal), null)).ValueOrThrow();
        await db.CommitAsync();
        return key;
    }
}
