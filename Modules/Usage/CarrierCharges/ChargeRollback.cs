using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>A file of recurring charges that is taken out again: its lines go, and lines of other files that were the same count from now on.</summary>
internal static class ChargeRollback
{
    /// <summary>Lines of other files that would come back.</summary>
    public static Task<long> CountRestoredAsync(TenantDb db, long fileId, CancellationToken cancellationToken) => db.ScalarAsync<long>($"""
        select count(distinct record_key) from usage.carrier_charge where state = 'duplicate' and duplicate_of_file = {fileId} and file_id <> {fileId}
        """, cancellationToken);

    /// <summary>Takes its lines out; the caller removes the file. What was decided about services and products stays, about its lines alone goes with them.</summary>
    /// <returns>Lines of other files that count again.</returns>
    public static async Task<long> RunAsync(TenantDb db, long fileId, CancellationToken cancellationToken)
    {
        await db.LockAsync(ChargeImport.Lock, cancellationToken);
        await db.ExecuteAsync($"""
            create temporary table charge_back on commit drop as
            select file_id, line, first_value(file_id) over w as live_file, first_value(line) over w as live_line
            from usage.carrier_charge where state = 'duplicate' and duplicate_of_file = {fileId} and file_id <> {fileId}
            window w as (partition by carrier, record_key order by file_id, line)
            """, cancellationToken);
        await db.ExecuteAsync($"delete from usage.carrier_charge where file_id = {fileId}", cancellationToken);
        await db.ExecuteAsync($"""
            delete from usage.carrier_ruling r where r.subject_kind = 'lines' and not exists (select from usage.carrier_charge c where c.tenant_id = r.tenant_id and c.ruling_id = r.ruling_id)
            """, cancellationToken);
        await db.ExecuteAsync($"""
            update usage.carrier_charge c set duplicate_of_file = b.live_file, duplicate_of_line = b.live_line
            from charge_back b where c.file_id = b.file_id and c.line = b.line and (b.file_id, b.line) <> (b.live_file, b.live_line)
            """, cancellationToken);
        var back = await db.ExecuteAsync($"""
            update usage.carrier_charge c
            set state = 'unallocated', error_code = {ChargeError.Unassigned}, error_subject = coalesce(c.subject, c.code, ''), error_message = 'Comes back with the rollback of a file.', duplicate_of_file = null, duplicate_of_line = null
            from charge_back b where c.file_id = b.file_id and c.line = b.line and (b.file_id, b.line) = (b.live_file, b.live_line)
            """, cancellationToken);
        await db.ExecuteAsync($"drop table charge_back", cancellationToken);
        if (back > 0) await ChargeMatching.OfUnallocatedAsync(db, cancellationToken);
        return back;
    }
}
