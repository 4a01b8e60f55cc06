using Billing.Isolation.Tests.Fixture;

namespace Billing.Isolation.Tests.Routes;

/// <summary>
/// What is put into the places of addresses and into the inputs of handlers: the ids of the reseller whose rows others are kept from.
/// <b>A new route with a place of a new name gets its line here</b>; the tests say which.
/// </summary>
static class KnownValues
{
    // As the pages name them in their addresses.
    const string Cause = "select min(left(encode(sha256(convert_to(error_code || E'\\n' || error_subject, 'UTF8')), 'hex'), 24)) from usage.call where state = 'error' and error_code = 'usage.unassigned'";
    const string Exclusion = "select distinct left(encode(sha256(convert_to((extract(epoch from excluded_at) * 10000000 + 621355968000000000)::bigint || E'\\n' || excluded_by || E'\\n' || excluded_error_code || E'\\n' || excluded_error_subject, 'UTF8')), 'hex'), 24) from usage.call where state = 'excluded' and excluded_by <> 'system'";

    const string ChargeCause = "select distinct left(encode(sha256(convert_to(error_code || E'\\n' || carrier || E'\\n' || error_subject || E'\\n' || currency, 'UTF8')), 'hex'), 24) from usage.carrier_charge where state = 'unallocated'";

    /// <summary>Places of addresses that lead to a tenant's row: what stands before the place, its name, and a question for the id; with the route before them where it takes another row.</summary>
    static readonly Dictionary<string, string> Rows = new(StringComparer.Ordinal)
    {
        ["accounts/id"] = "select account_id from customers.account where name like '%one Ltd'",
        ["accounts/number"] = "select number from customers.account where name like '%one Ltd'",
        ["allowances/allowance"] = "select allowance_id from catalog.allowance",
        ["allowances/code"] = "select code from catalog.allowance",
        ["allowances/given"] = "select given_id from customers.given_allowance join customers.account using (tenant_id, account_id) where name like '%one Ltd'",
        ["spend-caps/cap"] = "select cap_id from customers.spend_cap where name like '%one limit'",
        ["charges/charge"] = "select subscription_id from customers.subscription where description like '%one rental'",
        ["recurring-charges/charge"] = "select subscription_id from customers.subscription where description like '%one rental'",
        ["contacts/contact"] = "select contact_id from customers.contact where name like '%one contact'",
        ["contacts/id"] = "select contact_id from customers.contact where name like '%one contact'",
        ["numbers/number"] = "select assignment_id from customers.assignment join customers.service using (tenant_id, service_id) where label like '%one line' and numbers is not null",
        ["one-offs/charge"] = "select charge_id from customers.one_off_charge where description like '%one later'",
        ["portal/person"] = "select person_id from tenancy.person where name like '%one one'",
        ["services/service"] = "select service_id from customers.service where label like '%one spare'",
        ["sites/site"] = "select site_id from customers.site where name like '%one office'",
        ["bills/number"] = "select i.number from invoicing.invoice i join customers.account a using (tenant_id, account_id) where a.name like '%one Ltd'",
        ["invoices/number"] = "select i.number from invoicing.invoice i join customers.account a using (tenant_id, account_id) where a.name like '%one Ltd'",
        ["billing-runs/id"] = "select run_id from invoicing.billing_run where status = 'pending'",
        ["runs/id"] = "select run_id from invoicing.billing_run where status = 'pending'",
        // Its files are there once a run is posted.
        ["/runs/{id:long}/invoices.{form} runs/id"] = "select run_id from invoicing.billing_run where status = 'completed'",
        ["/runs/{id:long}/pdfs.zip runs/id"] = "select run_id from invoicing.billing_run where status = 'completed'",
        // Only a reconciliation file is compared.
        ["/api/v1/cdr-files/{id:long}/comparison cdr-files/id"] = "select file_id from usage.cdr_file where kind = 'reconciliation'",
        ["arrival-plans/id"] = "select plan_id from usage.arrival_plan",
        ["calendar/plan"] = "select plan_id from usage.arrival_plan",
        ["volume-guards/id"] = "select guard_id from usage.volume_guard",
        ["guards/guard"] = "select guard_id from usage.volume_guard",
        ["lines/line"] = "select min(line) from usage.call where file_id = (select min(file_id) from usage.cdr_file)",
        ["cdr-files/id"] = "select min(file_id) from usage.cdr_file",
        ["carriers/code"] = "select code from usage.described_carrier where code like 'calls-of%'",
        ["described-carriers/code"] = "select code from usage.described_carrier where code like 'calls-of%'",
        ["files/id"] = "select file_id from usage.cdr_file where kind = 'recurring'",
        ["/carrier-charges/files/{id:long}/lines/{line:long} lines/line"] = "select min(line) from usage.carrier_charge",
        ["errors/key"] = ChargeCause,
        ["rulings/id"] = "select ruling_id from usage.carrier_ruling",
        ["cdrs/id"] = "select min(file_id) from usage.cdr_file",
        ["uploads/id"] = "select upload_id from usage.upload where state = 'failed'",
        ["imports/id"] = "select import_id from onboarding.import where status = 'open'",
        ["jobs/id"] = "select min(job_id) from tenancy.job where kind <> 'usage.what-if'",
        ["outbox/id"] = "select message_id from delivery.outbox",
        ["people/id"] = "select person_id from tenancy.person where role = 'viewer'",
        ["products/product"] = "select product_id from catalog.product where code like 'SETUP%'",
        ["tariffs/id"] = "select tariff_id from rating.tariff where code like 'GOLD-%'",
        ["tariffs/code"] = "select code from rating.tariff where code like 'GOLD-%'",
        ["drafts/draft"] = "select draft_id from rating.tariff_draft",
        ["tenants/slug"] = "select slug from tenancy.tenant",
        ["products/code"] = "select code from catalog.product where code like 'SETUP%'",
        ["billing-errors/key"] = Cause,
        ["exclusions/key"] = Exclusion,
        ["mendings/id"] = "select min(mending_id) from usage.mending",
        ["exclusion-rules/id"] = "select min(rule_id) from usage.exclusion_rule",
        ["cdr-uploads/id"] = "select upload_id from usage.upload where state = 'failed'",
        ["webhook-deliveries/id"] = "select min(delivery_id) from api.delivery",
        ["api-keys/id"] = "select min(api_key_id) from api.api_key",
        ["keys/id"] = "select min(api_key_id) from api.api_key",
        ["webhooks/id"] = "select webhook_id from api.webhook",
        ["what-if/id"] = "select what_if_id from usage.what_if",
        ["what-ifs/id"] = "select what_if_id from usage.what_if",
    };

    /// <summary>Places that are a word of the address and no row of anybody's.</summary>
    static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["accounts.form"] = "csv",
        ["confirmations/gate"] = "payments",
        ["destinations.form"] = "csv",
        ["error/status"] = "404",
        ["import/kind"] = "customers",
        ["invoices.form"] = "csv",
        ["list.form"] = "csv",
        ["notices.form"] = "csv",
        ["trend.form"] = "csv",
        ["versions/version"] = "1",
    };

    /// <summary>Inputs of page handlers that name a row: by the route and the input, or by the input where it means the same everywhere.</summary>
    static readonly Dictionary<string, string> InputRows = new(StringComparer.Ordinal)
    {
        ["/settings/support id"] = "select access_id from tenancy.support_access",
        ["/carrier-charges/errors/cause cause"] = ChargeCause,
        ["ruling"] = "select ruling_id from usage.carrier_ruling",
        ["file"] = "select file_id from usage.cdr_file where kind = 'recurring'",
        ["account"] = "select number from customers.account where name like '%one Ltd'",
        ["plan"] = "select plan_id from usage.arrival_plan",
        ["batch"] = "select batch from usage.upload where state = 'failed'",
        ["code"] = "select code from rating.tariff where code like 'GOLD-%'",
        ["host"] = "select host from tenancy.host_name where purpose = 'portal'",
        ["service"] = "select service_id from customers.service where label like '%one line'",
        ["session"] = "select session_id from tenancy.session where device like '%three browser'",
        ["tariff"] = "select code from rating.tariff where code like 'GOLD-%'",
        ["/tariffs/publish draft"] = "select draft_id from rating.tariff_draft",
        ["/tariffs/{id:long} draft"] = "select draft_id from rating.tariff_draft",
        ["subject"] = "select min(error_subject) from usage.call where state = 'error' and error_code = 'usage.unassigned'",
        ["cause"] = Cause,
        ["delivery"] = "select min(delivery_id) from api.delivery",
        ["exclusion"] = Exclusion,
        ["mending"] = "select min(mending_id) from usage.mending",
        ["rule"] = "select min(rule_id) from usage.exclusion_rule",
        ["included"] = "select product_allowance_id from catalog.product_allowance",
        ["draft"] = "select draft_hash from invoicing.billing_run where status = 'pending'",
        ["version"] = "select 1",
        ["row"] = "select 1",
        ["email"] = "select 'typed@example.com'",
    };

    /// <summary>Inputs that are typed or chosen and name no row.</summary>
    static readonly Dictionary<string, string> InputWords = new(StringComparer.Ordinal)
    {
        ["again"] = "typed", ["back"] = "/", ["circuit"] = "typed", ["current"] = "typed", ["done"] = "name", ["fingerprint"] = "typed", ["first"] = "1", ["format"] = "", ["from"] = "2026-10-01",
        ["gate"] = "cdrs-processed", ["hours"] = "4", ["kind"] = "", ["month"] = "", ["slot"] = "2026-10-01T00:00:00Z", ["ignore"] = "true", ["key"] = "typed", ["lastDay"] = "2027-12-31", ["like"] = "colt-at", ["name"] = "typed", ["on"] = "2026-11-01", ["place"] = "1", ["password"] = "typed", ["purpose"] = "portal", ["q"] = "a", ["reason"] = "typed", ["retire"] = "true",
        ["always"] = "true", ["carrier"] = "typed", ["day"] = "2026-10-01", ["product"] = "typed", ["skip"] = "0", ["limit"] = "10", ["to"] = "typed",
        ["by"] = "day",
        ["return"] = "/", ["role"] = "admin", ["state"] = "billed", ["status"] = "404", ["step"] = "1", ["tooMuch"] = "false", ["until"] = "2026-11-30", ["what"] = "", ["who"] = "", ["why"] = "typed",
        ["withoutWrongRows"] = "true", ["after"] = "", ["before"] = "999999",
    };

    /// <summary>True for a place that a row's id belongs into.</summary>
    public static bool IsRow(string key) => Rows.ContainsKey(key);

    /// <summary>What is missing here for the given handlers, as what to do about it; empty when nothing is.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<Handler> handlers) =>
    [
        .. handlers.SelectMany(handler => handler.Parameters.Where(place => !Rows.ContainsKey(place.Key) && !Words.ContainsKey(place.Key))
            .Select(place => $"{handler}: add [\"{place.Key}\"] to KnownValues.Rows with a question for the id of one of Ash's rows, or to KnownValues.Words when it is no id"))
            .Concat(handlers.SelectMany(handler => handler.Inputs.Where(input => !InputRows.ContainsKey($"{handler.Route} {input}") && !InputRows.ContainsKey(input) && !InputWords.ContainsKey(input))
                .Select(input => $"{handler}: add [\"{input}\"] (or [\"{handler.Route} {input}\"]) to KnownValues.InputRows with a question for one of Ash's rows, or to KnownValues.InputWords when it names no row"))).Distinct(),
    ];

    /// <summary>The values of a reseller: of places, and of inputs with a space before them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Rows rows, FilledReseller reseller)
    {
        var values = new Dictionary<string, string>(Words, StringComparer.Ordinal);
        foreach (var (key, question) in Rows) values[key] = await OneAsync(key, question);
        foreach (var (key, value) in InputWords) values[" " + key] = value;
        foreach (var (key, question) in InputRows) values[" " + key] = await OneAsync(key, question);
        return values;

        async Task<string> OneAsync(string key, string question) =>
            await rows.ApplicationsAsync(reseller.Tenant.Id, question) is [{ Length: > 0 } value] ? value : throw new InvalidOperationException($"{reseller.Tenant.Slug} has no single row for \"{key}\": let FilledReseller make one.");
    }

    /// <summary>The value of a handler's input.</summary>
    public static string InputOf(IReadOnlyDictionary<string, string> values, Handler handler, string input) => values.TryGetValue($" {handler.Route} {input}", out var own) ? own : values[" " + input];
}
