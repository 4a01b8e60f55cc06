namespace Billing.Customers.Pages.Accounts;

/// <summary>An address between a text box and the lines it is stored as.</summary>
internal static class AddressLines
{
    public static IReadOnlyList<string> Of(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static string Text(IEnumerable<string> lines) => string.Join('\n', lines);
}
