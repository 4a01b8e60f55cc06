using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Tenancy.Data;

namespace Billing.Usage.Import;

/// <summary>
/// Lines of a carrier's earlier files that are part of a call whose rest did not come. They are offered to the format with each file that follows; a call that
/// becomes whole stands in the file that completed it, and the earlier lines say so.
/// </summary>
internal sealed class WaitingLines
{
    /// <summary>The newest so many wait; of a carrier that loses more than this, none can be trusted to come.</summary>
    private const int Most = 20_000;

    private readonly List<(long File, long Line)> places;
    private readonly List<(long File, long Line, long By)> joined = [];

    private WaitingLines(List<(long File, long Line)> places, IReadOnlyList<CdrEarlierLine> lines) => (this.places, Lines) = (places, lines);

    /// <summary>What is offered to the format; a token is the place in the list, from 1.</summary>
    public IReadOnlyList<CdrEarlierLine> Lines { get; }

    public static async Task<WaitingLines> LoadAsync(TenantDb db, string carrier, string format, CancellationToken cancellationToken)
    {
        var places = new List<(long, long)>();
        var found = await db.QueryAsync($"""
            select c.file_id, c.line, c.raw
            from usage.call c
            join usage.cdr_file f on f.tenant_id = c.tenant_id and f.file_id = c.file_id
            where c.state = 'error' and c.error_code = {CdrProblemCode.Incomplete} and c.carrier = {carrier} and f.format = {format}
            order by c.file_id desc, c.line desc
            limit {Most}
            """, row => (File: row.Long(0), Line: row.Long(1), Raw: row.Text(2)), cancellationToken);
        found.Reverse();
        var lines = new List<CdrEarlierLine>(found.Count);
        foreach (var (file, line, raw) in found)
        {
            places.Add((file, line));
            lines.Add(new CdrEarlierLine(places.Count, Encoding.UTF8.GetBytes(raw)));
        }
        return new(places, lines);
    }

    /// <summary>Notes which line of the new file completed the call that these are part of.</summary>
    public void Join(ReadOnlySpan<long> tokens, long line)
    {
        foreach (var token in tokens) joined.Add((places[(int)token - 1].File, places[(int)token - 1].Line, line));
    }

    /// <summary>Takes the joined lines out of the errors: the call is in the new file now, whole.</summary>
    /// <param name="db">The transaction of the import.</param>
    /// <param name="file">The new file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task SettleAsync(TenantDb db, long file, string name, DateTime now, CancellationToken cancellationToken)
    {
        if (joined.Count == 0) return;
        await db.ExecuteAsync($"""
            update usage.call c
            set state = 'excluded', excluded_by = 'system', excluded_at = {now}, excluded_why = 'Part of the call on line ' || j.by || ' of ' || {name}, excluded_by_file = {file},
                excluded_error_code = error_code, excluded_error_subject = error_subject, excluded_error_message = error_message,
                error_code = null, error_subject = null, error_message = null
            from unnest({joined.Select(one => one.File).ToArray()}::bigint[], {joined.Select(one => one.Line).ToArray()}::bigint[], {joined.Select(one => one.By).ToArray()}::bigint[]) j(file_id, line, by)
            where c.file_id = j.file_id and c.line = j.line and c.state = 'error'
            """, cancellationToken);
    }
}
