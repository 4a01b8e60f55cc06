using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Asterisk;

/// <summary>Which column is what on one line; 0 where there is no such column.</summary>
readonly record struct AsteriskLayout(
    int Account, int Source, int Destination, int Channel, int Start, int BillableSeconds, int Disposition, int RecordId, int UserField, bool IsJBilling)
{
    /// <summary>accountcode first; at the end unique id, user field and three more columns, each only where an option asks for it.</summary>
    private static readonly AsteriskLayout Csv = new(1, 2, 3, 6, 10, 14, 15, 17, 18, false);

    /// <summary>Caller id text first, account code after the flags.</summary>
    private static readonly AsteriskLayout Custom = new(16, 2, 3, 5, 9, 13, 14, 17, 18, false);

    /// <summary>A record key in place of the account code, and no unique id.</summary>
    private static readonly AsteriskLayout JBilling = new(0, 2, 3, 6, 10, 14, 15, 1, 17, true);

    public static AsteriskLayout Of(ref CdrLine line)
    {
        // In cdr_custom the disposition stands one column further to the left, where cdr_csv has a number of seconds.
        var disposition = line.Text(14);
        if (!disposition.IsEmpty && char.IsAsciiLetter((char)disposition[0])) return Custom;

        var start = line.Text(10);
        if (start.Length == 15 && start[8] == '-') return JBilling;
        return line.FieldCount switch
        {
            16 => Csv with { RecordId = 0, UserField = 0 },
            // One of the two options is on, and a unique id can't be mistaken.
            17 => AsteriskUniqueId.TryRead(line.Text(17), out _) ? Csv with { UserField = 0 } : Csv with { RecordId = 0, UserField = 17 },
            // 19 to 21 columns: peer account, linked id and sequence follow whatever else there is.
            19 => Csv with { RecordId = 0, UserField = 0 },
            20 => AsteriskUniqueId.TryRead(line.Text(17), out _) ? Csv with { UserField = 0 } : Csv with { RecordId = 0, UserField = 17 },
            _ => Csv,
        };
    }
}
