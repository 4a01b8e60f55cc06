using System.Text.Json.Serialization;

namespace Billing.Invoicing.Documents;

/// <summary>One call as listed.</summary>
/// <param name="StartedAt">On the reseller's clock.</param>
/// <param name="From">Calling number as shown by the network; may be empty.</param>
/// <param name="To">Called number.</param>
/// <param name="Destination">What the tariff calls it.</param>
/// <param name="Seconds">Answered seconds.</param>
/// <param name="Duration">The same as <c>m:ss</c> or <c>h:mm:ss</c>.</param>
/// <param name="Band">Time band, or null where the price has none.</param>
/// <param name="Charge">Without VAT, with all its decimals.</param>
/// <param name="IsLate">True when it belongs to an earlier period.</param>
/// <param name="InAllowance">What an allowance covers, in words: <c>2:00 in allowance</c>; null where none does.</param>
/// <param name="OverCap">What a spend cap keeps from being billed; null where none does.</param>
public sealed record CallItem(DateTime StartedAt, string From, string To, string Destination, int Seconds, string Duration, string? Band, decimal Charge, bool IsLate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? InAllowance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? OverCap = null);
