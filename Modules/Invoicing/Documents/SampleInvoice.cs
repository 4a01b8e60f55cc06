using System.Globalization;
using Billing.Tenancy.Tenants;

namespace Billing.Invoicing.Documents;

/// <summary>A bill of nobody, to look at a brand or a template with: marked as a draft, so that it can't be taken for a real one.</summary>
public static class SampleInvoice
{
    private const decimal VatRate = 20;

    /// <summary>Makes it for a tenant, for the month before a day.</summary>
    public static InvoiceDocument Of(Tenant tenant, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var first = new DateOnly(today.Year, today.Month, 1);
        var (next, last) = (new PrintedPeriod(first, first.AddMonths(1).AddDays(-1)), new PrintedPeriod(first.AddMonths(-1), first.AddDays(-1)));
        var isRegistered = tenant.VatNumber is not null;
        var (category, rate) = isRegistered ? ("standard", VatRate) : ("zero", 0m);
        InvoiceLine[] lines =
        [
            Line(1, "recurring", "Telephone line", "Reception", 2, 14.50m, 29.00m, next),
            Line(2, "recurring", "Broadband 80/20", "Shop", 1, 32.00m, 32.00m, next),
            Line(3, "one-off", "Engineer's visit", "Shop", 1, 65.00m, 65.00m, new PrintedPeriod(last.From.AddDays(11), last.From.AddDays(11))),
            Line(4, "usage", "Calls", "Reception", 3, null, 1.52m, last),
        ];
        var net = lines.Sum(line => line.Net);
        var vat = isRegistered ? decimal.Round(net * VatRate / 100, 2, MidpointRounding.AwayFromZero) : 0;
        CallItem[] calls =
        [
            Call(3, 9, "+442079460018", "UK landline", 372, 0.0930m),
            Call(5, 14, "+447700900123", "UK mobile", 655, 0.9825m),
            Call(17, 16, "+33199001234", "France", 186, 0.4464m),
        ];
        var charge = calls.Sum(call => call.Charge);
        return new InvoiceDocument(
            "SAMPLE", IsDraft: true, today, today, today.AddDays(tenant.PaymentDays), tenant.Currency.Code, "This is a sample. Nobody owes it.",
            new Seller(tenant.Name, tenant.LegalName, tenant.Address, tenant.Country, tenant.CompanyNumber, tenant.VatNumber, tenant.Brand),
            new Buyer("A-0001", "Sample Customer Ltd", ["1 Example Street", "Exampleton", "EX1 1EX"], null),
            new PaymentTerms("bank-transfer", tenant.PaymentDays),
            lines,
            [new("recurring", "Services and rental", 61.00m), new("one-off", "One-off charges and credits", 65.00m), new("usage", "Calls", 1.52m)],
            isRegistered ? [new InvoiceTax("standard", VatRate, net, vat, null)] : [],
            net, vat, net + vat,
            new UsageStatement(last, calls.Length, calls.Sum(call => (long)call.Seconds), charge, 1.52m, IsItemised: true,
                [.. calls.OrderByDescending(call => call.Charge).Select(call => new DestinationUsage(call.Destination, 1, call.Seconds, call.Charge))],
                [new ServiceUsage("Reception", calls.Length, calls.Sum(call => (long)call.Seconds), charge, 1.52m, calls)], 0, 0));

        InvoiceLine Line(int line, string kind, string description, string service, decimal quantity, decimal? each, decimal amount, PrintedPeriod period) =>
            new(line, kind, description, service, quantity, each, period, null, amount, category, rate, "4000");

        CallItem Call(int day, int hour, string to, string destination, int seconds, decimal price) =>
            new(last.From.AddDays(day - 1).ToDateTime(new TimeOnly(hour, 12, 40)), "+441632960018", to, destination, seconds,
                string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}"), null, price, false);
    }
}
