using System.Globalization;

namespace Billing.Host.Commands;

/// <summary>
/// How long work shows itself on standard error: a bar that redraws on a terminal, a line at the start and the end elsewhere.
/// </summary>
internal sealed class ProgressBar : IProgress<int>, IDisposable
{
    private const int Width = 30;

    private readonly Lock gate = new();
    private readonly string title;
    private readonly int total;
    private readonly long startedAt;
    private readonly TimeProvider clock;
    private int done;
    private int drawn = -1;

    public ProgressBar(string title, int total, TimeProvider clock)
    {
        (this.title, this.total, this.clock) = (title, total, clock);
        startedAt = clock.GetTimestamp();
        if (Console.IsErrorRedirected) Console.Error.WriteLine($"  {title} ...");
        else Draw();
    }

    public void Report(int value)
    {
        lock (gate)
        {
            if (value <= done) return;
            done = value;
            Draw();
        }
    }

    public void Step() => Report(done + 1);

    public void Dispose()
    {
        lock (gate)
        {
            if (!Console.IsErrorRedirected) Console.Error.Write('\r');
            var seconds = clock.GetElapsedTime(startedAt).TotalSeconds;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title,-34} {done,6} of {total}  {seconds,6:0.0} s").PadRight(Width + 50));
        }
    }

    private void Draw()
    {
        if (Console.IsErrorRedirected || total == 0) return;
        var filled = (int)((long)Width * Math.Min(done, total) / total);
        if (filled == drawn && done != total) return;
        drawn = filled;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r  {title,-34} [{new string('#', filled)}{new string('.', Width - filled)}] {done}/{total}"));
    }
}
