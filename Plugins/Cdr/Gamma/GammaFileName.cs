using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Plugins.Gamma;

/// <summary>
/// What the name of a call file says: <c>FZG_Daily_Calls_[account]_[ddMMyyyy]_[id]_[calls]_SIP_V3.txt</c>, and the same with Monthly or Reconciliation.
/// The number before the product counts calls, without the heading.
/// </summary>
static class GammaFileName
{
    public static bool TryRead(string name, [NotNullWhen(true)] out CdrFileFacts? facts)
    {
        facts = null;
        var parts = name.Split('.')[0].Split('_');
        var calls = Array.FindIndex(parts, part => part.Equals("Calls", StringComparison.OrdinalIgnoreCase));
        if (calls < 1 || !parts[0].Equals("FZG", StringComparison.OrdinalIgnoreCase)) return false;

        var kind = parts[calls - 1].ToUpperInvariant() switch
        {
            "DAILY" => CdrFileKind.Daily,
            "MONTHLY" => CdrFileKind.Monthly,
            "RECONCILIATION" or "RECON" => CdrFileKind.Reconciliation,
            _ => CdrFileKind.Unknown,
        };
        if (kind == CdrFileKind.Unknown) return false;

        // account, date, id, calls: the date is the second part, and an account may look like one.
        DateInterval? period = null;
        CdrTotals? expected = null;
        if (parts.Length > calls + 2 && DateOnly.TryParseExact(parts[calls + 2], "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            period = kind == CdrFileKind.Daily ? new DateInterval(date, date.AddDays(1)) : MonthOf(date);
        if (parts.Length > calls + 4 && long.TryParse(parts[calls + 4], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            expected = new CdrTotals(Records: count);
        facts = new CdrFileFacts(kind, period, expected);
        return true;
    }

    // A month's file is made when the month is over. One dated in the first half of a month is about the month before; one dated in the second half
    // (on its last day, say) is about its own.
    private static DateInterval MonthOf(DateOnly date)
    {
        var first = new DateOnly(date.Year, date.Month, 1);
        if (date.Day <= 15) first = first.AddMonths(-1);
        return new DateInterval(first, first.AddMonths(1));
    }
}
