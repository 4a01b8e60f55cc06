using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>How screens say what is stored as a code.</summary>
internal static class Words
{
    public static string Of(string code) => code switch
    {
        "direct-debit" => "Direct Debit",
        "bank-transfer" => "Bank transfer",
        "card" => "Card",
        "email" => "Email",
        "print" => "Print",
        "standard" => "Standard",
        "zero" => "Zero-rated",
        "exempt" => "Exempt",
        "reverse-charge" => "Reverse charge",
        "advance" => "in advance",
        "arrears" => "in arrears",
        _ => code,
    };

    public static IEnumerable<SelectListItem> Options(IEnumerable<string> codes) => codes.Select(code => new SelectListItem(Of(code), code));

    /// <summary>The last day of something that ends before a day; empty for no end.</summary>
    public static string LastDay(DateOnly? to) => to is { } end ? Screens.Written.Day(end.AddDays(-1)) : "";

    public static string Days(Billing.Abstractions.Values.DateInterval valid) => valid.To is null ? $"from {Screens.Written.Day(valid.From)}" : $"{Screens.Written.Day(valid.From)} to {LastDay(valid.To)}";
}
