using System.Globalization;

namespace Billing.Host.Demo;

/// <summary>
/// Writes the files of the reseller's two Asterisk systems, one a week each. The first writes cdr_csv (18 columns) on a UTC clock, the second cdr_custom (19 columns) on
/// London's; only the unique id tells. Unanswered calls are in them, prices are not.
/// </summary>
static class AsteriskFiles
{
    private const int Twice = 3;

    /// <summary>The files in order.</summary>
    /// <param name="calls">Of the two systems.</param>
    public static IReadOnlyList<DemoFile> Make(IReadOnlyList<DemoCall> calls) =>
        [.. Enumerable.Range(1, 2).SelectMany(pbx => Make(pbx, [.. calls.Where(c => PbxOf(c.Identity!) == pbx)]))];

    /// <summary>Which system an account code lives on: 1 or 2.</summary>
    public static int PbxOf(string accountCode) => 1 + accountCode.Sum(c => c) % 2;

    private static IEnumerable<DemoFile> Make(int pbx, IReadOnlyList<DemoCall> calls)
    {
        var week = 0;
        for (var first = DemoMonth.First; first <= DemoMonth.Cutoff; first = first.AddDays(7), week++)
        {
            var last = first.AddDays(6) < DemoMonth.Cutoff ? first.AddDays(6) : DemoMonth.Cutoff;
            var lines = new List<DemoLine>();
            foreach (var call in calls.Where(c => (c.DeliveredOn ?? c.Day) is var day && day >= first && day <= last)
                .OrderBy(c => c.StartedAt.AddSeconds(c.RingSeconds + c.Seconds)).ThenBy(c => c.RecordId, StringComparer.Ordinal))
                Add(Row(pbx, call, lines.Count), call.Fate, call);
            if (pbx == 1 && week == 2)
                foreach (var line in lines.Where(l => l.Fate == DemoFate.Billable).TakeLast(Twice).ToList()) Add(line.Text, DemoFate.Duplicate, line.Call!);
            // Somebody tried a module that counts seconds backwards, and on the other system one that invents a word.
            var answered = lines.Last(l => l.Call!.Disposition == "ANSWERED");
            if (pbx == 1 && week == 1) Add(Spoil(answered, $",{answered.Call!.Seconds},\"ANSWERED\"", ",-1,\"ANSWERED\""), DemoFate.BadLine, answered.Call);
            if (pbx == 2 && week == 3) Add(Spoil(answered, "\"ANSWERED\"", "\"ANSWERED ELSEWHERE\""), DemoFate.BadLine, answered.Call!);
            yield return new DemoFile(string.Create(CultureInfo.InvariantCulture, $"pbx{pbx}_asterisk_{first:yyyy-MM-dd}.csv"), DemoCarrier.Asterisk, IsMonthly: false, lines);

            void Add(string text, DemoFate fate, DemoCall call) => lines.Add(new DemoLine(lines.Count + 1, text, fate, call));
        }
    }

    private static string Spoil(DemoLine line, string good, string bad) => line.Text.Replace(good, bad, StringComparison.Ordinal);

    private static string Row(int pbx, DemoCall call, int sequence)
    {
        var clock = pbx == 1 ? call.StartedAt.UtcDateTime : call.LocalStart;
        var (answer, end) = (After(call.RingSeconds), After(call.RingSeconds + call.Seconds));
        var isAnswered = call.Disposition == "ANSWERED";
        var source = National(call.CallerText[1..]);
        var extension = 200 + (int)(call.Caller % 100);
        var (channel, onward) = ($"PJSIP/{extension}-{sequence:x8}", $"PJSIP/trunk-{sequence + 1:x8}");
        var called = National(call.Called);
        string[] head = [source, called, "from-internal"];
        string[] middle = [channel, onward, "Dial", $"PJSIP/{called}@trunk,60", Text(clock), isAnswered ? Text(answer) : "", Text(end)];
        var total = (call.RingSeconds + call.Seconds).ToString(CultureInfo.InvariantCulture);
        var billed = call.Seconds.ToString(CultureInfo.InvariantCulture);
        // A quote inside a field is doubled: "Réception" <0163...> becomes """Réception"" <0163...>".
        var callerId = $"\"\"{(extension % 7 == 0 ? "Réception" : $"Ext {extension}")}\"\" <{source}>";
        return pbx == 1
            ? $"{Quoted([call.Identity!, .. head, callerId, .. middle])},{total},{billed},{Quoted([call.Disposition, "DOCUMENTATION", call.RecordId, ""])}"
            : $"{Quoted([callerId, .. head, .. middle, total, billed, call.Disposition, "DOCUMENTATION", call.Identity!, call.RecordId, ""])},{sequence}";

        DateTime After(int seconds) => pbx == 1 ? clock.AddSeconds(seconds) : DemoMonth.LocalOf(call.StartedAt.AddSeconds(seconds));
    }

    private static string National(string number) => number.Length < 7 ? number : number.StartsWith("44", StringComparison.Ordinal) ? "0" + number[2..] : "00" + number;

    private static string Quoted(IEnumerable<string> fields) => '"' + string.Join("\",\"", fields) + '"';

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
