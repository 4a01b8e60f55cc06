using System.Diagnostics;
using System.Globalization;

namespace Billing.Delivery.Rendering;

/// <summary>A process and everything it started, as they were at one moment. The browser is one program and a dozen processes.</summary>
sealed class ProcessFamily
{
    const int PauseMs = 5;

    readonly List<(int Id, string StartedAt)> members = [];

    ProcessFamily()
    {
    }

    /// <summary>Those alive now.</summary>
    public static ProcessFamily Of(int root)
    {
        var family = new ProcessFamily();
        family.Add(root);
        return family;
    }

    /// <summary>Waits until none is alive any more, or patience ends. One that has ended and was not waited for by its parent counts as ended.</summary>
    public void WaitForEnd(TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (members.Exists(member => StateOf(member.Id) is { } state && state.StartedAt == member.StartedAt && !state.IsZombie) && Stopwatch.GetElapsedTime(since) < patience)
            Thread.Sleep(PauseMs);
    }

    void Add(int id)
    {
        if (StateOf(id) is not { } state) return;
        members.Add((id, state.StartedAt));
        try
        {
            foreach (var thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task")))
                foreach (var child in File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    Add(int.Parse(child, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It ended while it was being read; its children end with it.
        }
    }

    // The start time tells a process from a later one that got the same id. Fields of /proc/ID/stat after the name in brackets: state first, start twentieth.
    static (string StartedAt, bool IsZombie)? StateOf(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[19], fields[0] is "Z" or "X");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
