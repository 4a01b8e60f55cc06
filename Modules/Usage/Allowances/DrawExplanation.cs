using Billing.Rating.Allowances;
using Billing.Rating.Engine;
using Billing.Tenancy.Data;

namespace Billing.Usage.Allowances;

/// <summary>What allowances and caps took off one call, from what is kept of it: settled calls are explained as they were billed.</summary>
public static class DrawExplanation
{
    /// <summary>The steps that follow those of the call's price; each begins with the amount the one before ended with, and the last ends with the charge.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="file">The call's file.</param>
    /// <param name="line">And line.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Empty for a call that nothing was taken off.</returns>
    public static async Task<IReadOnlyList<RatingStep>> LoadAsync(TenantDb db, long file, long line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var parts = await db.QueryAsync($"""
            select d.file_id, d.line, d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period),
                   d.used, d.seconds, d.messages, d.bytes, d.calls, d.money, d.of_units, d.amount
            from usage.draw d where d.file_id = {file} and d.line = {line} order by d.part
            """, DrawRows.Read, cancellationToken);
        if (parts.Count == 0) return [];
        var charge = await db.ScalarAsync<decimal>($"select charge from usage.call where file_id = {file} and line = {line}", cancellationToken);
        var names = (await db.QueryAsync($"""
            select false, allowance_id, name from catalog.allowance where allowance_id = any({parts.Select(part => part.Part.Pool.Allowance).ToArray()})
            union all select true, cap_id, name from customers.spend_cap where cap_id = any({parts.Where(part => part.Part.Pool.Source == GrantSource.Cap).Select(part => part.Part.Pool.Grant).ToArray()})
            """, row => (IsCap: row.Bool(0), Id: row.Long(1), Name: row.Text(2)), cancellationToken)).ToDictionary(n => (n.IsCap, n.Id), n => n.Name);
        var draw = new CallDraw(parts[0].Call, parts[0].Service, charge + parts.Sum(part => part.Part.Amount), charge, [.. parts.Select(part => part.Part)]);
        return AllowanceSteps.Of(draw, pool => names.GetValueOrDefault(pool.Source == GrantSource.Cap ? (true, pool.Grant) : (false, pool.Allowance), ""));
    }
}
