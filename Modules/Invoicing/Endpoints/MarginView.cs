using System.ComponentModel;
using Billing.Invoicing.Margins;
using Billing.Invoicing.Pages.Margins;

namespace Billing.Invoicing.Endpoints;

/// <summary>A month's margins in the API.</summary>
sealed record MarginView(
    [property: Description("First day of the month.")] DateOnly Month, [property: Description("What carriers charge for it, whoever it is for.")] decimal Cost, [property: Description("What we charge for the same days.")] decimal Charge, decimal Margin,
    [property: Description("What carriers charge and nobody pays.")] decimal Lost, [property: Description("What we charge for what the carrier bills no more.")] decimal Surplus,
    [property: Description("Carriers' charges that nobody is known for.")] decimal Unallocated, [property: Description("Carriers' charges that people excluded.")] decimal Excluded, IReadOnlyList<MarginRowView> Rows)
{
    public static MarginView Of(CarrierMargin margin) => new(margin.Month.From, margin.Cost, margin.Charge, margin.Margin, margin.Lost, margin.Surplus, margin.Unallocated, margin.Excluded, [.. margin.Rows.Select(row =>
        new MarginRowView(row.AccountId, row.AccountNumber, row.ServiceId, row.Service, row.Product, row.Lines, row.Cost, row.Charge, row.Margin, row.Suggested, MarginList.KeyOf(row.Verdict)))]);
}
