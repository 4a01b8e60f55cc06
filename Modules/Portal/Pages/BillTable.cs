using Billing.Portal.Seen;

namespace Billing.Portal.Pages;

/// <summary>Bills as a table.</summary>
/// <param name="Bills">The rows.</param>
/// <param name="HasSeveral">Say whose each is.</param>
/// <param name="HasVat">Show what is VAT.</param>
internal sealed record BillTable(IReadOnlyList<MyBill> Bills, bool HasSeveral, bool HasVat);
