using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.Matching;

namespace Billing.Usage.Explaining;

/// <summary>
/// Explains stored calls. The price is computed again by the very version of the tariff that priced the call, so that an explanation that comes to
/// another amount than is stored gives a fault away instead of covering it.
/// </summary>
public sealed class CallTraces
{
    private readonly TenantDb db;
    private readonly Tenant tenant;
    private readonly Dictionary<(long, int), CompiledTariff?> compiled = [];
    private IReadOnlyDictionary<long, TariffEntry>? entries;
    private IReadOnlyList<Assignment>? assignments;
    private IReadOnlyDictionary<long, StoredService>? services;
    private IReadOnlyDictionary<long, Account>? accounts;
    private IReadOnlyDictionary<long, string>? allowances;
    private IReadOnlyDictionary<long, string>? caps;

    /// <summary>Explains calls of one tenant within one transaction; what calls have in common is read once.</summary>
    public CallTraces(TenantDb db, Tenant tenant)
    {
        this.db = db ?? throw new ArgumentNullException(nameof(db));
        this.tenant = tenant ?? throw new ArgumentNullException(nameof(tenant));
    }

    /// <summary>The call that ends in a line of a file; null when there is none.</summary>
    public async Task<CallTrace?> FindAsync(long file, long line, CancellationToken cancellationToken = default)
    {
        var found = await LoadAsync(file, line, null, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Every record of a file, in order of start.</summary>
    public Task<IReadOnlyList<CallTrace>> OfFileAsync(long file, CancellationToken cancellationToken = default) => LoadAsync(file, null, null, cancellationToken);

    /// <summary>Every call on an invoice, in order of start.</summary>
    public Task<IReadOnlyList<CallTrace>> OfInvoiceAsync(long invoice, CancellationToken cancellationToken = default) => LoadAsync(null, null, invoice, cancellationToken);

    private async Task<IReadOnlyList<CallTrace>> LoadAsync(long? file, long? line, long? invoice, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync($"""
            select c.file_id, f.name, f.format, c.line, c.lines, c.raw, c.state, c.started_at, c.is_time_doubtful, c.direction, c.kind, c.is_answered, c.seconds, c.quantity,
                   c.caller, c.called, c.circuit, c.charge_code, c.cost, c.cost_currency, c.account_id, c.service_id, c.tariff_id, c.tariff_version, c.charge,
                   c.error_code, c.error_subject, c.error_message
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where (c.file_id = {file}::bigint and ({line}::bigint is null or c.line = {line}::bigint)) or c.invoice_id = {invoice}::bigint order by c.started_at, c.file_id, c.line
            """, Read, cancellationToken);
        if (rows.Count == 0) return [];
        var draws = (await db.QueryAsync($"""
            select d.file_id, d.line, d.account_id, d.service_id, d.source, d.grant_id, d.allowance_id, d.pool, d.owner_id, lower(d.period), upper(d.period),
                   d.used, d.seconds, d.messages, d.bytes, d.calls, d.money, d.of_units, d.amount
            from usage.draw d join usage.call c using (tenant_id, file_id, line)
            where (c.file_id = {file}::bigint and ({line}::bigint is null or c.line = {line}::bigint)) or c.invoice_id = {invoice}::bigint order by d.file_id, d.line, d.part
            """, DrawRows.Read, cancellationToken)).ToLookup(d => d.Call);
        var traces = new List<CallTrace>(rows.Count);
        foreach (var row in rows) traces.Add(await TraceAsync(row, [.. draws[new DrawKey(row.Trace.FileId, row.Trace.Line)].Select(d => d.Part)], cancellationToken));
        return traces;
    }

    private async Task<CallTrace> TraceAsync(Stored row, IReadOnlyList<DrawPart> parts, CancellationToken cancellationToken)
    {
        var trace = row.Trace;
        if (trace.Facts is not { } facts) return trace;
        trace = trace with { StartedLocal = TimeZoneInfo.ConvertTime(facts.StartedAt, tenant.TimeZone).DateTime };
        if (row.Service is { } service) trace = trace with { Owner = await OwnerAsync(facts, service, cancellationToken), Tariffs = await TariffsAsync(service, row.Tariff, cancellationToken) };
        if (row.Tariff is not { } id || row.TariffVersion is not { } version) return trace;

        trace = trace with { Tariff = (await EntriesAsync(cancellationToken)).GetValueOrDefault(id)?.Code, TariffVersion = version };
        if (await TariffAsync(id, version, cancellationToken) is not { } tariff) return trace;
        var explained = CallPricer.Explain(tariff, facts);
        var price = explained.Charge.IsRated ? explained.Charge.Charge : (decimal?)null;
        if (price is not { } amount || parts.Count == 0) return trace with { Steps = explained.Steps, Computed = price };
        var draw = new CallDraw(new DrawKey(trace.FileId, trace.Line), row.Service ?? 0, amount, amount - parts.Sum(part => part.Amount), parts);
        var names = (Allowances: await AllowancesAsync(cancellationToken), Caps: await CapsAsync(cancellationToken));
        return trace with { Steps = [.. explained.Steps, .. AllowanceSteps.Of(draw, pool => NameOf(pool, names))], Computed = draw.Charge };
    }

    private static string NameOf(PoolKey pool, (IReadOnlyDictionary<long, string> Allowances, IReadOnlyDictionary<long, string> Caps) names) =>
        pool.Source == GrantSource.Cap ? names.Caps.GetValueOrDefault(pool.Grant, "spend cap") : names.Allowances.GetValueOrDefault(pool.Allowance, "allowance");

    // By what stands in the assignments now. What was billed stays billed to whom it was, also where they have changed since.
    private async Task<OwnerFound?> OwnerAsync(CallFacts facts, long service, CancellationToken cancellationToken)
    {
        services ??= (await ServiceBook.LoadAsync(db, null, cancellationToken)).ToDictionary(s => s.Id.Value);
        accounts ??= (await AccountList.LoadAsync(db, cancellationToken)).ToDictionary(a => a.Id.Value);
        assignments ??= await ServiceList.LoadAssignmentsAsync(db, cancellationToken);
        if (services.GetValueOrDefault(service) is not { } stored || accounts.GetValueOrDefault(stored.Account.Value) is not { } account) return null;
        var day = tenant.DayOf(facts.StartedAt);
        var party = CallPricer.NumberOf(facts.Direction == CallDirection.Out ? facts.Caller : facts.Called).Digits;
        var held = assignments.Where(a => a.Owner.Service.Value == service && a.Valid.Contains(day)).ToList();
        var found = held.Find(a => facts.Circuit is { } circuit && a.Circuit == circuit)
            ?? held.Where(a => a.Circuit is null && a.First <= party && party <= a.Last).OrderBy(a => a.Last - a.First).FirstOrDefault();
        var who = facts.Direction == CallDirection.Out ? "calling" : "called";
        var why = found switch
        {
            null => "It was found by a number or circuit that has been taken from the service since.",
            { Circuit: { } circuit } => $"The carrier's circuit {circuit} belongs to the service {DaysOf(found.Valid)}. The carrier's own identity counts before any number.",
            _ when found.First == found.Last => $"The {who} number {NumberText.Show(party)} belongs to the service {DaysOf(found.Valid)}.",
            _ => $"The {who} number {NumberText.Show(party)} is in the range {NumberText.Show(found.First)} to {NumberText.Show(found.Last)}, which belongs to the service {DaysOf(found.Valid)}.",
        };
        return new OwnerFound(account.Id.Value, account.Number, account.Name, stored.Details.Label, why);
    }

    private async Task<IReadOnlyList<TariffTried>> TariffsAsync(long service, long? used, CancellationToken cancellationToken)
    {
        if (services?.GetValueOrDefault(service) is not { } stored || accounts?.GetValueOrDefault(stored.Account.Value) is not { } account) return [];
        var known = await EntriesAsync(cancellationToken);
        var tried = new List<TariffTried>();
        var isFound = false;
        foreach (var (place, tariff) in new[] { ($"service {stored.Details.Label}", stored.Details.TariffId), ($"account {account.Number}", account.TariffId), ("the reseller's default", known.Values.FirstOrDefault(t => t.IsDefault)?.Id) })
        {
            var isUsed = !isFound && tariff is not null && tariff == used;
            tried.Add(new TariffTried(place, tariff is { } id ? known.GetValueOrDefault(id)?.Code : null, isUsed));
            isFound |= isUsed;
        }
        return tried;
    }

    private async Task<CompiledTariff?> TariffAsync(long id, int version, CancellationToken cancellationToken)
    {
        if (!compiled.TryGetValue((id, version), out var tariff))
        {
            var document = await TariffBook.FindDocumentAsync(db, id, version, cancellationToken);
            tariff = compiled[(id, version)] = document is null ? null : CompiledTariff.Compile(TariffReader.Read(document).TariffOrThrow());
        }
        return tariff;
    }

    private async Task<IReadOnlyDictionary<long, TariffEntry>> EntriesAsync(CancellationToken cancellationToken) =>
        entries ??= (await TariffBook.LoadAsync(db, cancellationToken)).ToDictionary(t => t.Id);

    private async Task<IReadOnlyDictionary<long, string>> AllowancesAsync(CancellationToken cancellationToken) =>
        allowances ??= (await AllowanceBook.LoadAsync(db, cancellationToken)).ToDictionary(a => a.Id.Value, a => a.Allowance.Name);

    private async Task<IReadOnlyDictionary<long, string>> CapsAsync(CancellationToken cancellationToken) =>
        caps ??= (await SpendCapBook.LoadAsync(db, null, cancellationToken)).ToDictionary(c => c.Id, c => c.Cap.Name);

    private static string DaysOf(DateInterval days) => days.To is { } to
        ? string.Create(CultureInfo.InvariantCulture, $"from {days.From:yyyy-MM-dd} to {to.AddDays(-1):yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"since {days.From:yyyy-MM-dd}");

    private static Stored Read(Row row)
    {
        var facts = row.IsNull(7) ? (CallFacts?)null : new CallFacts(
            row.Instant(7), row.Text(9) == "out" ? CallDirection.Out : CallDirection.In, row.MaybeText(14), row.MaybeText(15), row.MaybeText(16), row.Int(12), row.MaybeText(17),
            row.Maybe<decimal?>(18), row.MaybeText(19) is { } currency ? Currency.Of(currency) : default) { Kind = AllowanceWords.KindOf(row.Text(10)), Quantity = row.Long(13) };
        return new Stored(
            new CallTrace
            {
                FileId = row.Long(0), FileName = row.Text(1), Format = row.Text(2), Line = row.Long(3), Lines = row.Int(4), Raw = row.Text(5), State = row.Text(6), Facts = facts,
                IsTimeDoubtful = row.Bool(8), IsAnswered = row.Bool(11), Charge = row.Maybe<decimal?>(24),
                Error = row.MaybeText(25) is { } code ? new BillingError(code, row.MaybeText(26) ?? "", row.MaybeText(27) ?? "") : null,
            },
            row.Maybe<long?>(21), row.Maybe<long?>(22), row.Maybe<int?>(23));
    }

    private sealed record Stored(CallTrace Trace, long? Service, long? Tariff, int? TariffVersion);
}
