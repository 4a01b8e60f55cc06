using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>A spend cap that an account is to have.</summary>
sealed record SpendCapBody(
    [property: Description("As bills print it.")] string Name,
    [property: Description("The most that is billed in a month, without VAT.")] decimal Limit,
    [property: Description("First day.")] DateOnly From,
    [property: Description("The one service it is for, by its label; left out for all of the account together.")] string? Service = null,
    [property: Description("voice, sms, data; all where left out.")] IReadOnlyList<string>? Kinds = null,
    [property: Description("Destinations that count, as the tariff names them; a star at the end stands for all that begin so. All where left out.")] IReadOnlyList<string>? Destinations = null,
    [property: Description("Destinations that do not count: premium services of others, say.")] IReadOnlyList<string>? Except = null,
    [property: Description("Day of the month its periods begin on; 1 where left out.")] int? AnchorDay = null);
