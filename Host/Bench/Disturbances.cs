namespace Billing.Host.Bench;

/// <summary>
/// The moments in which others had the machine's processors, found by asking ten times a second. A page that was on its way in one of them waited for them, whatever the
/// program did, so that it says nothing about the program.
/// </summary>
internal sealed class Disturbances : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>Of the processors' time in one sample; a tick among twenty is not worth a word.</summary>
    private const double Much = 0.06;

    private readonly List<(long From, long To)> moments = [];
    private readonly CancellationTokenSource over = new();
    private readonly Thread watch;

    public Disturbances()
    {
        // A thread of its own, which needs nothing but a processor to wake up.
        watch = new Thread(Watch) { IsBackground = true, Name = "disturbances", Priority = ThreadPriority.Highest };
        watch.Start();
    }

    /// <summary>Ends the watching.</summary>
    public void End()
    {
        over.Cancel();
        watch.Join();
    }

    public void Dispose()
    {
        End();
        over.Dispose();
    }

    /// <summary>True when something was taken between two timestamps. To be asked when the watching is over.</summary>
    public bool Has(long from, long to)
    {
        // The first moment that ends after the page began; they follow each other.
        var (at, end) = (0, moments.Count);
        while (at < end)
        {
            var middle = (at + end) / 2;
            if (moments[middle].To < from) at = middle + 1;
            else end = middle;
        }
        return at < moments.Count && moments[at].From <= to;
    }

    private void Watch()
    {
        var (time, processor) = (TimeProvider.System.GetTimestamp(), ProcessorTimes.Now());
        while (!over.Token.WaitHandle.WaitOne(Every))
        {
            var (now, times) = (TimeProvider.System.GetTimestamp(), ProcessorTimes.Now());
            if (times.StolenSince(processor) > Much) moments.Add((time, now));
            (time, processor) = (now, times);
        }
    }
}
