using System.Globalization;

namespace Billing.Host.Demo;

/// <summary>
/// Writes the 42-column files: one a day, and one for the month that repeats the days with corrections. A few calls are only in one of the two,
/// a few lines come twice, four are spoilt.
/// </summary>
sealed class GammaFiles(DemoRandom random)
{
    private const string Account = "40718";
    private const int Corrected = 12, OnlyMonthly = 11, OnlyDaily = 5, TwiceInFile = 6, TwiceAcrossFiles = 5;

    private static readonly string[] Columns =
    [
        "Call Type", "Call Cause Definition Required", "Customer Identifier", "Non-Charged Party", "Call Date", "Call Time", "Duration", "Bytes Transmitted",
        "Bytes Received", "Description", "Chargecode", "Time Band", "Salesprice", "Salesprice (Pre-Bundle)", "Extension", "DDI", "Grouping ID",
        "Call Class (Feature)", "Carrier", "Recording", "VAT", "Country of Origin", "Network", "Retail Tariff Code", "Remote Network", "APN", "Diverted Number",
        "Ring time", "Record ID", "Currency", "Caller Line Identity", "Network Access Reference", "NGCS Access Charge", "NGCS Service Charge",
        "Total Bytes Transferred", "User ID", "Onward Billing Reference", "Contract Name", "Bundle Name", "Bundle Allowance", "Discount Reference", "Routing Code",
    ];

    /// <summary>The daily files in order, then the monthly one.</summary>
    /// <param name="calls">Of this carrier.</param>
    /// <param name="overlap">How the two agree.</param>
    public IReadOnlyList<DemoFile> Make(IReadOnlyList<DemoCall> calls, out DemoOverlap overlap)
    {
        var ordinary = calls.Where(c => c.Fate == DemoFate.Billable && c.PrintedStart is null && c.Surcharge == 0 && !c.IsFree
            && c.Day < DemoMonth.Cutoff.AddDays(-1) && c.DeliveredOn is null).ToList();
        random.Shuffle(ordinary);
        var taken = 0;
        var corrected = Take(Corrected).ToHashSet();
        var onlyMonthly = Take(OnlyMonthly).ToHashSet();
        var onlyDaily = Take(OnlyDaily).ToHashSet();
        var twiceInFile = Take(TwiceInFile).ToHashSet();
        var twiceAcross = Take(TwiceAcrossFiles).ToHashSet();
        var spoilt = Take(4);

        var files = new List<DemoFile>();
        for (var day = DemoMonth.First; day <= DemoMonth.Cutoff; day = day.AddDays(1))
        {
            var rows = new List<(string Text, DemoFate Fate, DemoCall Call)>();
            foreach (var call in calls.Where(c => (c.DeliveredOn ?? c.Day) == day && !onlyMonthly.Contains(c) && !spoilt.Contains(c)))
                rows.Add((Row(call), call.Day < DemoMonth.First || call.Day > DemoMonth.Cutoff ? call.Fate : onlyDaily.Contains(call) ? DemoFate.Withdrawn : DemoFate.Superseded, call));
            for (var i = 0; i < spoilt.Count; i++)
                if (spoilt[i].Day == day) rows.Add((Spoil(Row(spoilt[i]), i), DemoFate.BadLine, spoilt[i]));
            // A switch writes calls as they end, in four streams: nearly in order, not quite.
            rows = [.. rows.Select(r => (Row: r, At: r.Call.StartedAt.AddSeconds(random.Below(900)))).OrderBy(r => r.At).ThenBy(r => r.Row.Call.RecordId, StringComparer.Ordinal).Select(r => r.Row)];
            foreach (var call in calls.Where(c => twiceInFile.Contains(c) && c.Day == day)) rows.Add((Row(call), DemoFate.Duplicate, call));
            foreach (var call in calls.Where(c => twiceAcross.Contains(c) && c.Day.AddDays(1) == day)) rows.Add((Row(call), DemoFate.Duplicate, call));
            files.Add(File("Daily", day, rows));
        }

        var month = calls.Where(c => c.Day >= DemoMonth.First && c.Day <= DemoMonth.Cutoff && !onlyDaily.Contains(c))
            .OrderBy(c => c.Identity, StringComparer.Ordinal).ThenBy(c => c.StartedAt).ThenBy(c => c.RecordId, StringComparer.Ordinal)
            .Select((c, i) => corrected.Contains(c) ? Correct(c, i) : c).Select(c => (Row(c), c.Fate, c)).ToList();
        files.Add(File("Monthly", DemoMonth.Cutoff, month));
        overlap = new DemoOverlap(month.Count - OnlyMonthly - spoilt.Count, Corrected, OnlyMonthly + spoilt.Count, OnlyDaily,
            calls.Count(c => c.Day < DemoMonth.First || c.Day > DemoMonth.Cutoff));
        return files;

        List<DemoCall> Take(int count) => ordinary[taken..(taken += count)];
    }

    private DemoFile File(string kind, DateOnly day, List<(string Text, DemoFate Fate, DemoCall Call)> rows)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"FZG_{kind}_Calls_{Account}_{day:ddMMyyyy}_{5_210_000 + random.Below(90_000)}_{rows.Count}_SIP_V3.txt");
        var lines = new List<DemoLine> { new(1, Quoted(Columns), DemoFate.Heading, null) };
        foreach (var (text, fate, call) in rows) lines.Add(new DemoLine(lines.Count + 1, text, fate, call));
        return new DemoFile(name, DemoCarrier.Gamma, kind == "Monthly", lines);
    }

    // Two in three corrections are of the price, the third finds another network behind the number.
    private static DemoCall Correct(DemoCall call, int index) => index % 3 != 0
        ? call with { Cost = call.Cost + 0.004m }
        : call with { Destination = Other(call.Destination), Cost = Other(call.Destination).CostOf(call.Seconds) };

    private static DemoDestination Other(DemoDestination one) => DemoDestinations.All.First(d => d.Code is "UKNFM1" or "UKNFM5" && d != one);

    private static string Row(DemoCall call)
    {
        // Nine of a hundred exchanges send no number, or half of one; the carrier then presents the trunk's own.
        var odd = (int)(Hash(call.RecordId) % 100);
        var ddi = odd switch { < 4 => "", < 6 => "4400", < 8 => "+0" + call.CallerText[3..], < 9 => "+35320910" + call.RecordId.Length + "42", _ => call.CallerText };
        var start = call.LocalStart;
        var fields = new string[42];
        Array.Fill(fields, "");
        fields[0] = call.IsFree ? "Z" : "V";
        fields[1] = "0";
        fields[2] = fields[31] = call.Identity!;
        fields[3] = "+" + call.Called;
        fields[4] = start.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        fields[5] = start.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        fields[6] = call.Seconds.ToString(CultureInfo.InvariantCulture);
        fields[9] = DemoDestinations.DescriptionOf(call.Destination, call.Called);
        fields[10] = call.Destination.Code;
        fields[11] = start.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "3" : start.Hour is >= 8 and < 18 ? "1" : "2";
        fields[12] = Pounds(call.Cost);
        fields[15] = ddi;
        fields[17] = "SIPD";
        fields[18] = "Gamma";
        fields[23] = "2604";
        fields[28] = call.RecordId;
        fields[29] = "GBP";
        fields[30] = call.CallerText;
        if (call.Surcharge > 0)
        {
            fields[21] = "ZZZ";
            fields[32] = Pounds(call.Cost - call.Surcharge);
            fields[33] = Pounds(call.Surcharge);
        }
        return Quoted(fields);
    }

    // One of each: a letter in the seconds, a line cut inside a field, a field too many, a day that no month has.
    private static string Spoil(string row, int how)
    {
        var fields = row.Split(',');
        switch (how)
        {
            case 0:
                fields[6] = "\"1O4\"";
                return string.Join(',', fields);
            case 1:
                return string.Join(',', fields[..9]) + ",\"UK Mob";
            case 2:
                return row + ",\"\"";
            default:
                fields[4] = "\"" + fields[4].Trim('"').Replace("/03/", "/13/", StringComparison.Ordinal) + "\"";
                return string.Join(',', fields);
        }
    }

    private static string Quoted(string[] fields) => '"' + string.Join("\",\"", fields) + '"';

    private static string Pounds(decimal amount) => amount.ToString("0.000000", CultureInfo.InvariantCulture);

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }
}
