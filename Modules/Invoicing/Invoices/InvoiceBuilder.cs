using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Services;
using Billing.Invoicing.Charges;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Tax;

namespace Billing.Invoicing.Invoices;

/// <summary>Computes an account's invoice. Pure: no clock, no database; a draft and the posted invoice come from here alike.</summary>
internal static class InvoiceBuilder
{
    /// <summary>The number a draft carries; it is never a legal one.</summary>
    public const string DraftNumber = "DRAFT";

    /// <summary>The nominal code usage is posted to.</summary>
    public const string UsageNominalCode = "4000";

    /// <summary>The kinds of line with their titles, in printing order.</summary>
    public static IReadOnlyList<(string Kind, string Title)> Kinds { get; } =
        [("recurring", "Services and rental"), ("one-off", "One-off charges and credits"), ("usage", "Calls")];

    /// <summary>The invoice, or null when there is nothing to bill.</summary>
    public static ComputedInvoice? Build(InvoiceSources sources)
    {
        var (tenant, run, account) = (sources.Tenant, sources.Run, sources.Account);
        var coin = Money.CoinOf(tenant.Currency);
        var lines = new List<InvoiceLine>();
        var slices = new List<(SubscriptionId, ProratedSlice)>();
        foreach (var (subscription, slice) in RecurringSlices(sources, coin))
        {
            slices.Add((subscription.Id, slice));
            lines.Add(RecurringLine(sources, subscription, slice));
        }
        lines.AddRange(sources.OneOffs.Select(charge => OneOffLine(sources, charge, coin)));
        var usage = UsageSummary.Of(sources, coin);
        if (usage is not null) lines.AddRange(usage.Services.Select(service => UsageLine(sources, service, usage.Period)));

        // Rule D8: no zero bills. Free calls alone make none.
        if (lines.All(line => line.Net == 0)) return null;

        lines = [.. lines.Select((line, index) => line with { Line = index + 1 })];
        var taxes = tenant.VatNumber is null ? [] : TaxTotals.Of(lines, coin);
        var (net, vat) = (lines.Sum(line => line.Net), taxes.Sum(tax => tax.Vat));
        var document = new InvoiceDocument(
            DraftNumber, IsDraft: true, run.InvoiceDate, TaxPoint: run.InvoiceDate, run.DueOn ?? run.InvoiceDate.AddDays(account.PaymentDays), tenant.Currency.Code,
            run.Message ?? account.InvoiceMessage,
            new Seller(tenant.Name, tenant.LegalName, tenant.Address, tenant.Country, tenant.CompanyNumber, tenant.VatNumber, tenant.Brand),
            new Buyer(account.Number, account.Name, account.BillingAddress, account.VatNumber),
            new PaymentTerms(account.PaymentMethod, run.DueOn is { } due ? due.DayNumber - run.InvoiceDate.DayNumber : account.PaymentDays),
            lines, Groups(lines), taxes, net, vat, net + vat, usage);
        return new ComputedInvoice(document, slices, [.. sources.OneOffs.Select(o => o.Id)]);
    }

    private static IEnumerable<(Subscription, ProratedSlice)> RecurringSlices(InvoiceSources sources, decimal coin)
    {
        var ordered = sources.Subscriptions.OrderBy(s => s.Service is { } id ? sources.Labels[id] : "", StringComparer.Ordinal).ThenBy(s => s.Id.Value);
        foreach (var subscription in ordered)
        {
            // The period that begins as the cutoff ends is on this bill when it is billed in advance (rule P3: the stub and the next full period).
            var through = subscription.Terms.Billing == BillingTime.Advance ? sources.Run.CutoffOn.AddDays(1) : sources.Run.CutoffOn;
            var chargedTo = sources.ChargedTo.TryGetValue(subscription.Id, out var to) ? to : (DateOnly?)null;
            foreach (var slice in RecurringCharge.Slices(subscription.Price * subscription.Quantity, subscription.Terms, subscription.AnchorDay, subscription.Valid, chargedTo, through, coin))
                yield return (subscription, slice);
        }
    }

    private static InvoiceLine RecurringLine(InvoiceSources sources, Subscription subscription, ProratedSlice slice)
    {
        var product = sources.Products[subscription.Product];
        var (category, rate) = TaxOf(sources, product.TaxCategory);
        return new InvoiceLine(0, "recurring", subscription.Description, subscription.Service is { } id ? sources.Labels[id] : null, subscription.Quantity, subscription.Price,
            PrintedPeriod.Of(slice.Period), slice.IsPart ? string.Create(CultureInfo.InvariantCulture, $"{slice.Days} of {slice.Of} days") : null,
            slice.Amount, category, rate, product.NominalCode);
    }

    private static InvoiceLine OneOffLine(InvoiceSources sources, OneOffCharge charge, decimal coin)
    {
        var product = sources.Products[charge.Product];
        var (category, rate) = TaxOf(sources, product.TaxCategory);
        var amount = Money.Round(charge.Amount, Rounding.HalfUp, coin);
        return new InvoiceLine(0, "one-off", charge.Description, charge.Service is { } id ? sources.Labels[id] : null, 1, amount,
            new PrintedPeriod(charge.ChargeOn, charge.ChargeOn), null, amount, category, rate, product.NominalCode);
    }

    private static InvoiceLine UsageLine(InvoiceSources sources, ServiceUsage service, PrintedPeriod period)
    {
        var (category, rate) = TaxOf(sources, "standard");
        return new InvoiceLine(0, "usage", "Calls", service.Label, service.Calls, null, period, null, service.Billed, category, rate, UsageNominalCode);
    }

    // A reverse charge moves standard-rated telecom services to the customer; what is sold for its own use ("standard-end-use": broadband,
    // hardware) keeps its rate (rule V8), so one invoice may have both.
    private static (string Category, decimal Rate) TaxOf(InvoiceSources sources, string productCategory)
    {
        var category = (sources.Account.TaxTreatment, productCategory) switch
        {
            ("reverse-charge", "standard") => "reverse-charge",
            ("zero", "standard" or "reduced" or "standard-end-use") => "zero",
            ("exempt", "standard" or "reduced" or "standard-end-use") => "exempt",
            (_, "standard-end-use") => "standard",
            _ => productCategory,
        };
        return (category, UkVat.RateOf(category, sources.Run.InvoiceDate));
    }

    private static IReadOnlyList<InvoiceGroup> Groups(List<InvoiceLine> lines) =>
    [
        .. from kind in Kinds
           let members = lines.Where(line => line.Kind == kind.Kind).ToList()
           where members.Count > 0
           select new InvoiceGroup(kind.Kind, kind.Title, members.Sum(line => line.Net)),
    ];
}
