using System.Globalization;
using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>A line of a CDR file and what became of it.</summary>
/// <param name="Line">Its number.</param>
/// <param name="State"><c>open</c>, <c>error</c>, <c>duplicate</c>, <c>excluded</c>, <c>billed</c>, <c>covered</c> or <c>zero-rated</c>.</param>
/// <param name="Code">For errors the stable code of the cause.</param>
/// <param name="Reason">Why it is in this state, in a sentence; for priced calls the destination.</param>
/// <param name="Charge">What it is priced at; null where it has no price.</param>
/// <param name="Raw">The line as it came.</param>
public sealed record FileLine(long Line, string State, string? Code, string Reason, decimal? Charge, string Raw)
{
    /// <summary>The states a line can be in, those that want a person's attention first.</summary>
    public static IReadOnlyList<string> States { get; } = ["error", "excluded", "duplicate", "open", "billed", "covered", "zero-rated"];

    /// <summary>Some lines of a file that are in one state, in the order of the file.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="state">One of <see cref="States"/>.</param>
    /// <param name="skip">Lines to leave out from the beginning.</param>
    /// <param name="take">Lines at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<FileLine>> LoadAsync(TenantDb db, long fileId, string state, long skip, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select c.line, c.state, c.error_code, c.error_message, c.duplicate_of_line, f.name, c.excluded_why, c.excluded_by, c.destination, c.is_answered, c.charge, c.raw
            from usage.call c left join usage.cdr_file f on f.tenant_id = c.tenant_id and f.file_id = c.duplicate_of_file
            where c.file_id = {fileId} and c.state = {state}
            order by c.line offset {skip} limit {take}
            """,
            row => new FileLine(row.Long(0), row.Text(1), row.MaybeText(2), ReasonOf(row), row.Maybe<decimal?>(10), row.Text(11)), cancellationToken);
    }

    private static string ReasonOf(Row row) => row.Text(1) switch
    {
        "error" => row.MaybeText(3) ?? "",
        "duplicate" => string.Create(CultureInfo.InvariantCulture, $"The same call as line {row.Long(4)} of {row.MaybeText(5)}."),
        "excluded" => $"{row.MaybeText(6)} ({row.MaybeText(7)})",
        _ => row.Bool(9) ? row.MaybeText(8) ?? "" : "Not answered.",
    };

    /// <summary>How many rows of a file are in each state. A row may cover several lines of the file, where calls are joined.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"select state, sum(calls)::bigint from usage.tally where file_id = {fileId} group by state having sum(calls) > 0", row => (State: row.Text(0), Count: row.Long(1)), cancellationToken);
        return rows.ToDictionary(r => r.State, r => r.Count, StringComparer.Ordinal);
    }
}
