using Billing.Usage.Allowances;

namespace Billing.Usage.Endpoints;

/// <summary>A pool in the API: what it holds in a period, what is used of it, and by which service.</summary>
sealed record PoolView(string Name, string? For, DateOnly From, DateOnly Through, IReadOnlyList<PoolLevelView> Levels, decimal Saved, IReadOnlyList<PoolDrawView> DrawnBy)
{
    public static PoolView Of(PoolBalance pool) => new(pool.Name, pool.Owner, pool.From, pool.Through, [.. pool.Levels.Select(level => new PoolLevelView(WordOf(level), level.Size, level.Used, level.Left))], pool.Saved,
        [.. pool.Drawn.Select(drawn => new PoolDrawView(drawn.Service, drawn.Units.Seconds, drawn.Units.Messages, drawn.Units.Bytes, drawn.Units.Calls, drawn.Saved))]);

    static string WordOf(PoolLevel level) => level.Measure.ToString().ToLowerInvariant();
}
