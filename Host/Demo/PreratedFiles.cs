using System.Globalization;

namespace Billing.Host.Demo;

/// <summary>Writes the eight-column files, one a week. They give the <b>end</b> of a call, no plus, and leave short codes as dialled.</summary>
sealed class PreratedFiles(DemoRandom random)
{
    private const string Heading = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency";
    private const int TwiceInFile = 2, TwiceAcrossFiles = 4;

    /// <summary>The files in order.</summary>
    /// <param name="calls">Of this carrier.</param>
    public IReadOnlyList<DemoFile> Make(IReadOnlyList<DemoCall> calls)
    {
        var files = new List<DemoFile>();
        var again = new List<DemoCall>();
        for (var first = DemoMonth.First; first <= DemoMonth.Cutoff; first = first.AddDays(7))
        {
            var last = first.AddDays(6) < DemoMonth.Cutoff ? first.AddDays(6) : DemoMonth.Cutoff;
            var week = calls.Where(c => (c.DeliveredOn ?? c.Day) is var day && day >= first && day <= last)
                .OrderBy(c => c.LocalEnd).ThenBy(c => c.RecordId, StringComparer.Ordinal).ToList();
            var lines = new List<DemoLine> { new(1, Heading, DemoFate.Heading, null) };
            foreach (var call in again) Add(Row(call), DemoFate.Duplicate, call);
            foreach (var call in week) Add(Row(call), call.Fate, call);

            var ordinary = week.Where(c => c.Fate == DemoFate.Billable).ToList();
            if (files.Count == 1)
                foreach (var call in ordinary.TakeLast(TwiceInFile)) Add(Row(call), DemoFate.Duplicate, call);
            // The carrier's week ends a little after ours: its last calls come again.
            again = files.Count == 2 ? [.. ordinary.TakeLast(TwiceAcrossFiles)] : [];

            var isLast = last == DemoMonth.Cutoff;
            if (files.Count == 0) Add(Spoil(lines[^1], 4, "12m"), DemoFate.BadLine, lines[^1].Call!);
            if (files.Count == 3) Add(Spoil(lines[^1], 3, "25:61:00"), DemoFate.BadLine, lines[^1].Call!);
            // The last line was still being written when the file was fetched.
            if (isLast) Add(string.Join(',', Row(week[^1]).Split(',')[..4]) + ",6", DemoFate.BadLine, week[^1]);
            files.Add(new DemoFile(string.Create(CultureInfo.InvariantCulture, $"larkfell_cdr_{first:yyyy-MM-dd}_{last:yyyy-MM-dd}.csv"), DemoCarrier.Prerated, IsMonthly: false, lines)
            {
                IsCutOff = isLast,
            });

            void Add(string text, DemoFate fate, DemoCall call) => lines.Add(new DemoLine(lines.Count + 1, text, fate, call));
        }
        return files;
    }

    // A spoilt line is a call of its own: another reference.
    private string Spoil(DemoLine line, int field, string value)
    {
        var fields = line.Text.Split(',');
        fields[field] = value;
        fields[6] = "C" + random.Hex(32);
        return string.Join(',', fields);
    }

    private static string Row(DemoCall call)
    {
        var end = call.LocalEnd;
        // Freephone numbers stand as dialled when the last digit says so, with country code otherwise: the real files have both.
        var called = call.Called.StartsWith("44808", StringComparison.Ordinal) && call.Called[^1] == '7' ? "0" + call.Called[2..] : call.Called;
        return string.Create(CultureInfo.InvariantCulture,
            $"{(call.Caller == 0 ? "" : call.CallerText[1..])},{called},{end:dd/MM/yyyy},{end:HH:mm:ss},{call.Seconds},{call.Cost:0.###},{call.RecordId},GBP");
    }
}
