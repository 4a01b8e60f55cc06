using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Onboarding.Kinds;

/// <summary>Accounts with a contact and the billing address. A cell that is empty leaves what is there.</summary>
internal static class CustomerRows
{
    private const string BillingSite = "Billing address";

    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, Tenant tenant, DateOnly today, CancellationToken cancellationToken)
    {
        var known = await KnownRecords.LoadAsync(db, cancellationToken);
        var contacts = (await ContactBook.LoadAsync(db, null, cancellationToken)).ToLookup(c => c.Account);
        var sites = (await SiteBook.LoadAsync(db, null, cancellationToken)).ToLookup(s => s.Account);
        var inFile = new Dictionary<string, (AccountDetails Details, DateOnly? EndedOn, int Row)>(StringComparer.Ordinal);
        var contactsInFile = new HashSet<(string, string)>();
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var number = row.Required("accountNumber");
            var name = row.Required("name");
            var stored = number is null ? null : known.Accounts.GetValueOrDefault(number);
            var old = stored is null ? null : AccountDetails.Of(stored.Account);
            var details = DetailsOf(row, number ?? "", name ?? "", old, tenant.PaymentDays, today, known);
            var ended = row.Date("endedOn")?.AddDays(1);
            var contact = ContactOf(row);
            var address = KnownRecords.AddressOf(row);
            var site = address.Count == 0 ? null : new Site(BillingSite, address, true);
            if (!row.IsWrong)
                foreach (var failure in (IEnumerable<Failure>)[.. details.Check(), .. contact?.Check() ?? [], .. site?.Check() ?? []]) row.Refuse(failure, FieldOf(failure));
            if (ended <= details.StartedOn) row.Refuse("onboarding.bad-dates", "endedOn", $"The last day is before the first one, {details.StartedOn:yyyy-MM-dd}.");
            if (stored is not null && ended is not null && ended != stored.Account.EndedOn)
                row.Refuse("onboarding.close-account", "endedOn", "The account is there without this last day. Close it on its page: that ends its numbers and charges with it.");
            if (row.IsWrong) return null;

            // A row that repeats an account adds a contact; it can't say something else of the account.
            var isRepeat = inFile.TryGetValue(number!, out var first);
            if (isRepeat && (first.Details != details || first.EndedOn != ended))
                row.Refuse("onboarding.repeated", "accountNumber", $"Row {first.Row} says something else of the same account. Make the two rows agree, or give one another number.");
            if (contact is not null && !contactsInFile.Add((number!, contact.Name)))
                row.Refuse("onboarding.repeated", "contactName", "An earlier row has the same contact of the same account. Remove one of them.");
            if (row.IsWrong) return null;
            if (!isRepeat) inFile[number!] = (details, ended, row.Number);

            return stored is null
                ? new PlannedRow(row.Number, RowOutcome.New, isRepeat ? AddContact(row.Number, number!, contact) : Open(row.Number, details, ended, contact, site))
                : PlanChange(row.Number, stored, isRepeat ? details : old!, details, contact, contacts[stored.Account.Id], isRepeat ? null : site, sites[stored.Account.Id]);
        }
    }

    private static AccountDetails DetailsOf(RowReader row, string number, string name, AccountDetails? old, int paymentDays, DateOnly today, KnownRecords known) => new(number, name, row.Date("startedOn") ?? old?.StartedOn ?? today)
    {
        TariffId = known.Tariff(row) ?? old?.TariffId,
        TaxTreatment = row.Choice("taxTreatment", AccountDetails.TaxTreatments) ?? old?.TaxTreatment ?? "standard",
        VatNumber = row.Text("vatNumber") ?? old?.VatNumber,
        PaymentMethod = row.Choice("paymentMethod", AccountDetails.PaymentMethods) ?? old?.PaymentMethod ?? "bank-transfer",
        Delivery = row.Choice("delivery", AccountDetails.Deliveries) ?? old?.Delivery ?? "email",
        IsItemised = row.Flag("isItemised") ?? old?.IsItemised ?? true,
        InvoiceMessage = row.Text("invoiceMessage") ?? old?.InvoiceMessage,
        PaymentDays = row.Whole("paymentDays", 0, AccountDetails.MostPaymentDays) ?? old?.PaymentDays ?? paymentDays,
    };

    private static Contact? ContactOf(RowReader row)
    {
        var (name, email) = (row.Text("contactName"), row.Text("email"));
        var gets = row.Flag("isInvoiceRecipient");
        // An address without a person is a mailbox: the contact has its name.
        return name is null && email is null ? null : new Contact(name ?? email!, email, row.Text("phone"), gets ?? email is not null);
    }

    private static string? FieldOf(Failure failure) => failure.Field switch { "number" => "accountNumber", "address" or "sites" => "address1", "tariffId" => "tariffCode", var field => field };

    private static Func<ImportWork, CancellationToken, Task<Failure?>> Open(int row, AccountDetails details, DateOnly? endedOn, Contact? contact, Site? site) => async (work, cancellationToken) =>
    {
        var id = await AccountList.AddAsync(work.Db, new NewAccount(details.Number, details.Name, details.TariffId, details.StartedOn)
        {
            EndedOn = endedOn,
            TaxTreatment = details.TaxTreatment,
            VatNumber = details.VatNumber,
            PaymentMethod = details.PaymentMethod,
            Delivery = details.Delivery,
            IsItemised = details.IsItemised,
            InvoiceMessage = details.InvoiceMessage,
            PaymentDays = details.PaymentDays,
        }, cancellationToken);
        work.Accounts[details.Number] = id;
        work.Made(row, "account", id.Value);
        return (site is null ? null : await AddSiteAsync(work, row, id, site, cancellationToken)) ?? (contact is null ? null : await AddContactAsync(work, row, id, contact, cancellationToken));
    };

    private static Func<ImportWork, CancellationToken, Task<Failure?>> AddContact(int row, string number, Contact? contact) => async (work, cancellationToken) =>
        contact is null ? null : await AddContactAsync(work, row, work.Accounts[number], contact, cancellationToken);

    private static PlannedRow PlanChange(
        int row, StoredAccount stored, AccountDetails old, AccountDetails details, Contact? contact, IEnumerable<StoredContact> contacts, Site? site, IEnumerable<StoredSite> sites)
    {
        var id = stored.Account.Id;
        var steps = new List<Func<ImportWork, CancellationToken, Task<Failure?>>>();
        if (details != old)
            steps.Add(async (work, cancellationToken) =>
            {
                var changed = await AccountBook.ChangeAsync(work.Db, id, work.VersionOf("account", id.Value, stored.Version), details, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                work.Changed(row, "account", id.Value, version, old);
                return null;
            });

        var person = contact is null ? null : contacts.FirstOrDefault(c => c.Contact.Name == contact.Name);
        if (contact is not null && person is null) steps.Add((work, cancellationToken) => AddContactAsync(work, row, id, contact, cancellationToken));
        else if (contact is not null && person is not null && (contact with { Email = contact.Email ?? person.Contact.Email, Phone = contact.Phone ?? person.Contact.Phone }) is var said && said != person.Contact)
            steps.Add(async (work, cancellationToken) =>
            {
                var changed = await ContactBook.ChangeAsync(work.Db, id, person.Id, person.Version, said, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                work.Changed(row, "contact", person.Id, version, person.Contact);
                return null;
            });

        var billing = sites.FirstOrDefault(s => s.Site.IsBilling);
        if (site is not null && billing is null) steps.Add((work, cancellationToken) => AddSiteAsync(work, row, id, site, cancellationToken));
        else if (site is not null && billing is not null && !billing.Site.Address.SequenceEqual(site.Address))
            steps.Add(async (work, cancellationToken) =>
            {
                var changed = await SiteBook.ChangeAsync(work.Db, id, billing.Id, work.VersionOf("site", billing.Id, billing.Version), billing.Site with { Address = site.Address }, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                work.Changed(row, "site", billing.Id, version, billing.Site);
                return null;
            });

        return steps.Count == 0 ? new PlannedRow(row, RowOutcome.Unchanged) : new PlannedRow(row, RowOutcome.Changed, async (work, cancellationToken) =>
        {
            foreach (var step in steps)
                if (await step(work, cancellationToken) is { } failure) return failure;
            return null;
        });
    }

    private static async Task<Failure?> AddContactAsync(ImportWork work, int row, AccountId account, Contact contact, CancellationToken cancellationToken)
    {
        if (!(await ContactBook.AddAsync(work.Db, account, contact, cancellationToken)).TryGet(out var id, out var failure)) return failure;
        work.Made(row, "contact", id);
        return null;
    }

    internal static async Task<Failure?> AddSiteAsync(ImportWork work, int row, AccountId account, Site site, CancellationToken cancellationToken)
    {
        if (!(await SiteBook.AddAsync(work.Db, account, site, cancellationToken)).TryGet(out var id, out var failure)) return failure;
        work.Made(row, "site", id);
        return null;
    }
}
