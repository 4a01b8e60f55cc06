namespace Billing.Portal.Seen;

/// <summary>Telephone numbers as people read them.</summary>
internal static class ShownNumber
{
    private const string Britain = "+44";

    /// <summary>British numbers the way Britons say them, for a British tenant; any other number as the network gave it.</summary>
    /// <param name="number">As stored, <c>+441632960001</c>; null where there is none.</param>
    /// <param name="country">The tenant's country.</param>
    public static string Of(string? number, string country)
    {
        if (string.IsNullOrEmpty(number)) return "withheld";
        if (country != "GB" || !number.StartsWith(Britain, StringComparison.Ordinal) || number.Length != 13) return number;
        var n = "0" + number[3..];
        if (n.StartsWith("02", StringComparison.Ordinal)) return $"{n[..3]} {n[3..7]} {n[7..]}";
        return n[1] is '3' or '8' or '9' || n[2] == '1' || (n[1] == '1' && n[3] == '1') ? $"{n[..4]} {n[4..7]} {n[7..]}" : $"{n[..5]} {n[5..]}";
    }
}
