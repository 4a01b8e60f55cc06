using Billing.Tenancy.Data;

namespace Billing.Onboarding.Pages.Start;

/// <summary>A step from an empty tenant to its first run; whether it is done is read from the records, never remembered.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Help">Why, in a sentence.</param>
/// <param name="Address">Where it is done.</param>
/// <param name="Fact">What is there now.</param>
/// <param name="IsDone">Whether that is enough.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record OnboardingStep(string Title, string Help, string Address, string Fact, bool IsDone, bool IsOptional = false)
{
    public static async Task<IReadOnlyList<OnboardingStep>> LoadAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var facts = await db.FindAsync($"""
            select (select cardinality(address) > 0 and vat_number is not null from tenancy.tenant), (select brand->>'logoSvg' is not null from tenancy.tenant),
                   (select count(*) from customers.account), (select count(*) from customers.site), (select count(*) from customers.assignment), (select count(*) from customers.subscription),
                   (select count(*) from catalog.product), (select count(*) from rating.tariff where not is_retired), (select exists (select from rating.tariff where is_default)),
                   (select count(*) from usage.cdr_file), (select count(*) from invoicing.billing_run), (select count(*) from invoicing.billing_run where status = 'completed'),
                   (select count(*) from customers.one_off_charge)
            """,
            row => (Company: row.Bool(0), Brand: row.Bool(1), Accounts: row.Long(2), Sites: row.Long(3), Numbers: row.Long(4), Charges: row.Long(5), Products: row.Long(6), Tariffs: row.Long(7), HasDefault: row.Bool(8),
                Files: row.Long(9), Runs: row.Long(10), Completed: row.Long(11), OneOffs: row.Long(12)), cancellationToken);
        return
        [
            new("Company and tax", "Who issues the invoices: name, address, VAT number.", "/settings/company", facts.Company ? "address and VAT number are there" : "no VAT number: no VAT is charged", facts.Company),
            new("Brand", "Logo and colours, as customers see them.", "/settings/brand", facts.Brand ? "a logo is there" : "no logo: the name is printed", facts.Brand, IsOptional: true),
            new("Rate cards", "What a call costs. One tariff is the default for everybody.", "/onboarding/import/rates", Counted(facts.Tariffs, "tariff", "tariffs") + (facts.HasDefault ? "" : ", none is the default"), facts.Tariffs > 0 && facts.HasDefault),
            new("Customers", "Accounts with contacts and billing addresses.", "/onboarding/import/customers", Counted(facts.Accounts, "account", "accounts"), facts.Accounts > 0),
            new("Sites", "Further places of customers.", "/onboarding/import/sites", Counted(facts.Sites, "site", "sites"), facts.Sites > 0, IsOptional: true),
            new("Numbers", "Which number belongs to whom: calls are matched by them.", "/onboarding/import/numbers", Counted(facts.Numbers, "number, range or circuit", "numbers, ranges and circuits"), facts.Numbers > 0),
            new("Products", "What is charged besides calls.", "/onboarding/import/products", Counted(facts.Products, "product", "products"), facts.Products > 0, IsOptional: true),
            new("Recurring charges", "Line rental, broadband and the like.", "/onboarding/import/charges", Counted(facts.Charges, "charge", "charges"), facts.Charges > 0, IsOptional: true),
            new("One-off charges", "Installation, hardware, credits.", "/onboarding/import/one-offs", Counted(facts.OneOffs, "charge", "charges"), facts.OneOffs > 0, IsOptional: true),
            new("CDR files", "The carriers' call records.", "/cdrs", Counted(facts.Files, "file", "files"), facts.Files > 0),
            new("First run", "Draft, check, request: the first invoices.", "/runs", facts.Completed > 0 ? Counted(facts.Completed, "run is complete", "runs are complete") : facts.Runs > 0 ? "a run has begun" : "no run yet", facts.Completed > 0),
        ];

        static string Counted(long number, string one, string many) => Screens.Written.Counted(number, one, many);
    }
}
