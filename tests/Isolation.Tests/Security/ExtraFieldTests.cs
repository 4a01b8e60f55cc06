using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Routes;
using Billing.Isolation.Tests.Web;
using Billing.Tenancy.Users;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Security;

/// <summary>
/// A form is what its page shows, not what somebody adds to it. Two installations with the same rows get the same forms, one of them with a field for
/// every column that the database has; afterwards their rows are the same.
/// </summary>
[Trait("needs", "postgres")]
public sealed class ExtraFieldTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Made anew each time and never the same: moments of the database's own clock, keys, hashes of them.
    static readonly string[] NeverTheSame = ["body", "stamp", "password_hash", "totp_secret", "secret", "before", "after", "hash", "previous_hash"];
    static readonly string[] Fancied = ["IsAdmin", "Permissions", "Balance", "IsPortal", "IsOpen", "Tenant", "Person", "Actor", "Handler", "Page"];

    // What takes something away, or ends it, comes after what it is needed for.
    static readonly string[] Endings = ["Remove", "Withdraw", "Retire", "Cancel", "Discard", "Drop", "Disable", "End", "Suspend", "Transfer", "Undo", "Exclude", "Request", "Reopen"];

    string question = "";

    readonly TwoResellers plain = new(), crowded = new();

    public async Task InitializeAsync()
    {
        await plain.InitializeAsync();
        await crowded.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await plain.DisposeAsync();
        await crowded.DisposeAsync();
    }

    [Fact]
    public async Task Fields_that_a_form_does_not_have_change_nothing()
    {
        var (rows, others, ash) = (new Rows(plain.OwnerConnectionString), new Rows(crowded.OwnerConnectionString), plain.Ash);
        var columns = (await rows.OwnersAsync(null, "select distinct attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and attnum > 0 and n.nspname not in ('pg_catalog', 'information_schema', 'quartz')"))
            .Select(Pascal).Concat(Fancied).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var handlers = await HandlerList.OfAsync(plain.Services);
        var values = await KnownValues.OfAsync(rows, ash);
        var paths = Forms.PathsOf(handlers, values);
        var (problems, sent, added, taken, differing) = (new List<string>(), 0, 0, 0, new HashSet<string>(StringComparer.Ordinal));
        using var one = new Caller(plain);
        using var two = new Caller(crowded);
        (await DifferencesAsync()).ShouldBeEmpty("they begin the same");

        foreach (var (host, under, whose) in new (string, string, Func<TwoResellers, string>)[]
        {
            // An admin takes host names away, and the operator suspends the tenant: they come last.
            (ash.Portal, "", r => r.Ash.Cookies[FilledReseller.Target]), ("localhost", "/t/ashes", _ => ""), ("localhost", "/t/ashes", r => r.Ash.Cookies[Role.Viewer]), ("localhost", "/t/ashes", r => r.Ash.Cookies[Role.Admin]), ("localhost", "/operator", r => r.Operator),
        })
        {
            var (bare, full) = (new Forms(one, host, whose(plain)), new Forms(two, host, whose(crowded)));
            // Some pages write down that they were looked at.
            await full.FindAsync(paths.Select(path => under + path));
            foreach (var (page, form) in (await bare.FindAsync(paths.Select(path => under + path))).OrderBy(found => Endings.Contains(found.Form.Handler, StringComparer.OrdinalIgnoreCase) || found.Page.EndsWith("/close", StringComparison.Ordinal)))
            {
                var handler = handlers.FirstOrDefault(handler => !handler.IsRead && string.Equals(handler.Name, form.Handler, StringComparison.OrdinalIgnoreCase) && form.TargetOn(page).Split('?')[0].EndsWith(handler.PathWith(values).Split('?')[0], StringComparison.Ordinal));
                // A field of a list is known by the list.
                var known = form.Names.Concat(form.Names.Select(name => name.Split('[')[0])).Concat(handler?.Inputs ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var prefixes = form.Names.Select(name => name[..(name.LastIndexOf('.') + 1)]).Append("").Append("Input.").Append("Form.").Distinct(StringComparer.OrdinalIgnoreCase);
                var extras = prefixes.SelectMany(prefix => columns.Select(column => prefix + column)).Where(name => !known.Contains(name)).Take(900).Select(name => KeyValuePair.Create(name, name.EndsWith("Role", StringComparison.Ordinal) ? "admin" : "1")).ToList();
                var plainly = await bare.SendAsync(page, form, ++sent, new Dictionary<string, string>());
                var fully = await full.SendAsync(page, form, sent, new Dictionary<string, string>(), more: extras);
                added += extras.Count;
                if (plainly?.Status is HttpStatusCode.Redirect) taken++;
                if (plainly?.Status != fully?.Status) problems.Add($"{host}{form.TargetOn(page)} is answered with {(int?)plainly?.Status}, and with {(int?)fully?.Status} when fields are added: {System.Text.RegularExpressions.Regex.Match(fully?.Text ?? "", "error-summary.{0,300}", System.Text.RegularExpressions.RegexOptions.Singleline).Value.ReplaceLineEndings(" ")}");
                foreach (var table in (await DifferencesAsync()).Where(differing.Add)) problems.Add($"{host}{form.TargetOn(page)} writes something else into {table} when fields are added");
            }
        }
        output.WriteLine($"{sent} forms, {taken} of them taken, {added} fields added, {problems.Count} problems.");
        foreach (var problem in problems) output.WriteLine(problem);
        problems.Count.ShouldBe(0, problems.FirstOrDefault());
        taken.ShouldBeGreaterThan(25);

        async Task<IReadOnlyList<string>> DifferencesAsync() => [.. (await ContentAsync(rows)).Except(await ContentAsync(others)).Select(line => line.Split(' ')[0]).Distinct()];
    }

    [Fact]
    public async Task Members_that_an_operation_does_not_have_are_refused_and_change_nothing()
    {
        var (rows, ash) = (new Rows(plain.OwnerConnectionString), plain.Ash);
        var handlers = (await HandlerList.OfAsync(plain.Services)).Where(handler => handler is { IsApi: true, IsRead: false, Example.Body: not (null or string) }).ToList();
        var (values, key, tried) = (await KnownValues.OfAsync(rows, ash), await ash.KeyAsync("all"), 0);
        using var caller = new Caller(plain);
        await caller.SendAsync(HttpMethod.Get, "localhost", "/api/v1/nothing", key: key);
        var before = await rows.HashesAsync(ash.Tenant.Id, []);
        foreach (var handler in handlers)
            foreach (var body in Crowded(JsonSerializer.SerializeToNode(handler.Example!.Body, JsonSerializerOptions.Web)!))
            {
                var answer = await ApiAttempt.SendAsync(caller, "localhost", "", handler with { Example = handler.Example with { Body = body } }, values, null, key);
                ((int)answer.Status).ShouldBeInRange(400, 422, $"{handler} with {body.ToJsonString()}: {answer.Text}");
                tried++;
            }
        output.WriteLine($"{handlers.Count} writes, {tried} bodies with a member too many, all refused.");
        tried.ShouldBeGreaterThan(40);
        (await rows.HashesAsync(ash.Tenant.Id, [])).Where(table => before[table.Key] != table.Value).Select(table => table.Key).ShouldBeEmpty();
    }

    // The body with one member more, at its top and in each object within it.
    static IEnumerable<JsonNode> Crowded(JsonNode body)
    {
        foreach (var (name, value) in new (string, string)[] { ("tenantId", "2"), ("id", "1"), ("version", "999"), ("isAdmin", "true"), ("role", "\"admin\""), ("permissions", "[\"people.manage\"]"), ("balance", "\"1000\""), ("passwordHash", "\"x\""), ("createdAt", "\"2020-01-01T00:00:00Z\"") })
            for (var i = 0; ; i++)
            {
                var copy = body.DeepClone();
                if (Objects(copy).ElementAtOrDefault(i) is not { } place) break;
                if (place.ContainsKey(name)) continue;
                place[name] = JsonNode.Parse(value);
                yield return copy;
            }
    }

    static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(member => Objects(member.Value)).Prepend(some),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    // One line a table and tenant. Each installation signs with keys of its own, and counts guesses by where they come from.
    async Task<IReadOnlyList<string>> ContentAsync(Rows rows)
    {
        if (question.Length == 0)
            foreach (var table in (await rows.TablesAsync()).Except(["tenancy.signing_key", "tenancy.sign_in_guard"]))
            {
                var left = await rows.OwnersAsync(null, $"""
                    select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped
                      and (atttypid in ('timestamptz'::regtype, 'bytea'::regtype, 'xid8'::regtype, 'uuid'::regtype) or attname in ({List(NeverTheSame)}))
                    """);
                question += $"{(question.Length == 0 ? "" : " union all ")}select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') from (select (to_jsonb(t) - array[{List(left)}]::text[])::text as row from {table} t where tenant_id = tenancy.current_tenant()) rows";
            }
        var lines = new List<string>();
        foreach (var tenant in new[] { 0, 1, 2 }) lines.AddRange((await rows.OwnersAsync(new Tenancy.TenantId(tenant), question)).Select(line => $"{line} {tenant}"));
        return lines;

        static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
    }

    static string Pascal(string column) => string.Concat(column.Split('_').Select(part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..]));
}
