using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Spreadsheets;

namespace Billing.Host.Demo;

/// <summary>
/// The demo reseller's records as the files that <i>Getting started</i> takes in, and a month of call files: for going the whole way by hand. What was
/// forgotten, so that calls fail, is in files of its own.
/// </summary>
static class DemoRecordFiles
{
    private static readonly string[] AddressColumns = ["Address line 1", "Address line 2", "Address line 3", "Town", "County", "Postcode"];

    /// <summary>Writes everything into a folder, which is made when it is not there; files with the same names are replaced.</summary>
    public static async Task WriteAsync(DemoReseller reseller, string folder, CancellationToken cancellationToken = default)
    {
        var traffic = DemoTraffic.Make(reseller);
        Directory.CreateDirectory(Path.Combine(folder, "mend"));
        await traffic.WriteAsync(Path.Combine(folder, "cdr"), cancellationToken);
        File.Copy(Home.File(ResellerStory.SampleTariff), Path.Combine(folder, "tariff.json"), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(folder, "logo.svg"), DemoReseller.Tenant.Brand.LogoSvg, cancellationToken);
        var fixes = traffic.Expect(reseller).Fixes;
        foreach (var (name, table) in ((string, CsvWriter)[])
            [
                ("products", Products()), ("customers", Customers(reseller)), ("sites", Sites(reseller)), ("numbers", Numbers(reseller)), ("charges", Charges(reseller)), ("one-offs", OneOffs(reseller)),
                ("mend/numbers", ForgottenNumbers(fixes)), ("mend/rates", ForgottenRates(fixes)),
                ("mend/excluded", Excluded(fixes)),
            ])
            await File.WriteAllBytesAsync(Path.Combine(folder, name + table.Extension), table.ToBytes(), cancellationToken);
    }

    private static CsvWriter Products()
    {
        var table = Head("Code", "Name", "Price", "Every", "When", "Part period", "VAT category", "Nominal code");
        foreach (var product in DemoProducts.All)
        {
            table.Text(product.Code).Text(product.Name).Number(product.Price).Text(product.Terms is { } terms ? terms.EveryMonths.ToString(CultureInfo.InvariantCulture) : "once")
                .Text(product.Terms is null ? "" : Catalog.Products.RecurringTerms.TextOf(product.Terms.Billing)).Text(product.Terms is null ? "" : Catalog.Products.RecurringTerms.TextOf(product.Terms.Basis))
                .Text(product.TaxCategory).Text(product.NominalCode).EndRow();
        }
        return table;
    }

    private static CsvWriter Customers(DemoReseller reseller)
    {
        var table = Head("Account number", "Name", "Customer since", "Customer until", "Contact", "Email", "Telephone", "Gets the bill", "VAT number", "VAT treatment", "Pays by", "Days to pay", "Bills by", "Itemised", "Invoice message");
        foreach (var account in reseller.Accounts)
            foreach (var contact in account.Contacts.Cast<Customers.Accounts.Contact?>().DefaultIfEmpty())
            {
                table.Text(account.Number).Text(account.Name).Date(account.StartedOn).Text(LastDay(account.EndedOn)).Text(contact?.Name).Text(contact?.Email).Text(contact?.Phone)
                    .Text(contact is null ? "" : YesNo(contact.IsInvoiceRecipient)).Text(account.VatNumber).Text(account.TaxTreatment).Text(account.PaymentMethod).Number(account.PaymentDays)
                    .Text(account.Delivery).Text(YesNo(account.IsItemised)).Text(account.InvoiceMessage).EndRow();
            }
        return table;
    }

    private static CsvWriter Sites(DemoReseller reseller)
    {
        var table = Head(["Account number", "Site", .. AddressColumns, "Billing address"]);
        foreach (var account in reseller.Accounts)
            foreach (var site in account.Sites)
            {
                table.Text(account.Number).Text(site.Name);
                // The lines keep their order; town and postcode are the last two.
                var lines = site.Address;
                string?[] cells = [.. lines.Take(lines.Count - 2).Concat(Enumerable.Repeat<string?>(null, 3)).Take(3), lines[^2], null, lines[^1]];
                foreach (var cell in cells) table.Text(cell);
                table.Text(YesNo(site.IsBilling)).EndRow();
            }
        return table;
    }

    private static CsvWriter Numbers(DemoReseller reseller)
    {
        var table = NumbersHead();
        foreach (var account in reseller.Accounts)
            foreach (var service in account.Services)
            {
                if (service.Assignments.Count == 0) table.Text(account.Number).Text(service.Label).Text("").Text("").Text("").Text("").Text("").Text(service.Site).EndRow();
                foreach (var held in service.Assignments) Number(table, account.Number, service.Label, held.Circuit, held.First, held.Last, held.Valid, service.Site);
            }
        return table;
    }

    private static CsvWriter Charges(DemoReseller reseller)
    {
        var table = Head("Account number", "Product", "Service", "Description", "Quantity", "Price", "From", "Up to and including", "Period begins on");
        foreach (var account in reseller.Accounts)
            foreach (var charge in account.Subscriptions)
                table.Text(account.Number).Text(charge.Product).Text(charge.Service).Text(charge.Description).Number(charge.Quantity).Number(charge.Price ?? DemoProducts.Named(charge.Product).Price)
                    .Date(charge.Valid.From).Text(LastDay(charge.Valid.To)).Number(charge.AnchorDay).EndRow();
        return table;
    }

    private static CsvWriter OneOffs(DemoReseller reseller)
    {
        var table = Head("Account number", "Product", "Service", "Description", "Amount", "Day");
        foreach (var account in reseller.Accounts)
            foreach (var charge in account.OneOffs)
                table.Text(account.Number).Text(charge.Product).Text(charge.Service).Text(charge.Description).Number(charge.Amount).Date(charge.ChargeOn).EndRow();
        return table;
    }

    private static CsvWriter ForgottenNumbers(IReadOnlyList<DemoFix> fixes)
    {
        var table = NumbersHead();
        foreach (var fix in fixes)
            switch (fix)
            {
                case DemoFix.AssignCircuit circuit: Number(table, circuit.Account, circuit.Service, circuit.Circuit, 0, 0, circuit.Valid, null); break;
                case DemoFix.AssignNumbers numbers: Number(table, numbers.Account, numbers.Service, null, numbers.First, numbers.Last, numbers.Valid, null); break;
            }
        return table;
    }

    private static CsvWriter ForgottenRates(IReadOnlyList<DemoFix> fixes)
    {
        var table = Head("Prefix", "Destination", "Per minute");
        foreach (var rate in fixes.OfType<DemoFix.AddRate>()) table.Text(rate.Prefix).Text(rate.Destination).Number(rate.PerMinute).EndRow();
        return table;
    }

    // Not for taking in: what is excluded by hand, and why.
    private static CsvWriter Excluded(IReadOnlyList<DemoFix> fixes)
    {
        var table = Head("Cause", "Subject", "Why");
        foreach (var exclude in fixes.OfType<DemoFix.Exclude>()) table.Text(exclude.Code).Text(exclude.Subject.TrimStart('+')).Text(exclude.Why).EndRow();
        return table;
    }

    private static CsvWriter NumbersHead() => Head("Account number", "Service", "Number", "Last number", "Circuit", "From", "Up to and including", "Site");

    private static void Number(CsvWriter table, string account, string service, string? circuit, ulong first, ulong last, DateInterval valid, string? site) => table
        .Text(account).Text(service).Text(circuit is null ? National(first) : "").Text(circuit is null && last != first ? National(last) : "").Text(circuit)
        .Date(valid.From).Text(LastDay(valid.To)).Text(site).EndRow();

    // As a British reseller keeps them.
    private static string National(ulong digits) => "0" + digits.ToString(CultureInfo.InvariantCulture)[2..];

    private static string LastDay(DateOnly? firstWithout) => firstWithout?.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static CsvWriter Head(params string[] columns)
    {
        var table = new CsvWriter();
        foreach (var column in columns) table.Text(column);
        table.EndRow();
        return table;
    }
}
