using System.Globalization;
using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Usage.Matching;

/// <summary>What would probably mend a cause, and where that is done.</summary>
/// <param name="Words">What to do.</param>
/// <param name="Address">A page of the tenant, from its <c>/</c>; null where nothing of ours helps.</param>
/// <param name="Query">What that page begins with: the number, the day of the first call.</param>
public sealed record ErrorFix(string Words, string? Address, string Query)
{
    /// <summary>The usual remedy of a cause; where a number is to be assigned, the query fills the form of the service that it belongs to.</summary>
    public static ErrorFix For(ErrorGroup group, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(tenant);
        var from = group.FirstCallAt is { } first ? tenant.DayOf(first).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        return group.Code switch
        {
            "usage.unassigned" => new($"Assign {group.Subject} to the customer whose it is{(from is null ? "" : $", from {from} or earlier on")}.", null, Ask((group.Subject.StartsWith('+') ? "first" : "circuit", group.Subject), ("from", from))),
            "usage.not-owned-on-day" => new($"{group.Subject} belongs to a customer, but not on the day of these calls. Move the day it was added or dropped.", "/accounts", Ask(("q", group.Subject))),
            "rating.no-tariff" => new("Give the service or its account a tariff, or publish a default one.", "/tariffs", ""),
            "rating.currency" => new("The carrier's currency is not the tariff's. Use a tariff in that currency.", "/tariffs", ""),
            var code when code.StartsWith("rating.", StringComparison.Ordinal) => new($"Add a rate for {group.Subject} to the tariff and publish it.", "/tariffs", ""),
            "usage.too-old" => new("Ask the carrier why they come so late. Bill them by raising the limit for late calls, or exclude them.", "/settings", ""),
            var code when code.StartsWith("cdr.", StringComparison.Ordinal) => new("The line can't be read. Ask the carrier for a corrected file, or exclude it.", null, ""),
            _ => new("Look at the calls, mend the cause, and price them again.", null, ""),
        };
    }

    private static string Ask(params (string Name, string? Value)[] members) =>
        QueryHelpers.AddQueryString("", members.Where(m => !string.IsNullOrEmpty(m.Value)).ToDictionary(m => m.Name, m => m.Value));
}
