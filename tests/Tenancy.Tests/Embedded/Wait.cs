namespace Billing.Tenancy.Tests.Embedded;

static class Wait
{
    /// <summary>Waits for something another process does; far longer than it takes, since only its never happening is a failure.</summary>
    public static async Task ForAsync(Func<Task<bool>> condition, string what)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await condition()) return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"Waited in vain for {what}.");
    }

    public static Task ForAsync(Func<bool> condition, string what) => ForAsync(() => Task.FromResult(condition()), what);
}
