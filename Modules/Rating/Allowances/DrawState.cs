using System.Runtime.InteropServices;

namespace Billing.Rating.Allowances;

/// <summary>What was drawn so far: by calls that are settled, and by those that started earlier.</summary>
public sealed class DrawState
{
    private readonly Dictionary<PoolKey, AllowanceUnits> used = [];
    private readonly Dictionary<PoolKey, Dictionary<long, decimal>> capped = [];
    private readonly Dictionary<DrawKey, CallDraw> calls = [];

    /// <summary>Every pool that something was drawn from, or given back to.</summary>
    public IReadOnlyDictionary<PoolKey, AllowanceUnits> Pools => used;

    /// <summary>What was used of a pool; for a cap, the money billed.</summary>
    public AllowanceUnits UsedOf(PoolKey pool) => used.GetValueOrDefault(pool);

    /// <summary>Adds what a service's calls drew from a pool, or counted towards a cap.</summary>
    public void Add(PoolKey pool, long service, AllowanceUnits units)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(used, pool, out _) += units;
        if (pool.Source != GrantSource.Cap) return;
        if (!capped.TryGetValue(pool, out var services)) capped[pool] = services = [];
        CollectionsMarshal.GetValueRefOrAddDefault(services, service, out _) += units.Money;
    }

    /// <summary>Remembers an earlier call that a reversal may take back. What it drew must be in the pools already.</summary>
    public void Remember(CallDraw call)
    {
        ArgumentNullException.ThrowIfNull(call);
        calls[call.Call] = call;
    }

    /// <summary>Forgets the calls that were drawn for; what they drew stays. For who goes through more calls than fit in memory: a reversal is of a call that started at the same instant.</summary>
    public void ForgetCalls() => calls.Clear();

    internal CallDraw? TakeOriginal(DrawKey call) => calls.Remove(call, out var found) ? found : null;

    // A service's calls become one line of an invoice, rounded to the coin. Counting every other service up to the coin keeps the lines together within the limit.
    internal decimal OfOthers(PoolKey cap, long service, decimal coin) => !capped.TryGetValue(cap, out var services) ? 0
        : services.Where(s => s.Key != service).Sum(s => Math.Max(0, decimal.Ceiling(s.Value / coin) * coin));

    internal decimal OfService(PoolKey cap, long service) => capped.TryGetValue(cap, out var services) ? services.GetValueOrDefault(service) : 0;
}
