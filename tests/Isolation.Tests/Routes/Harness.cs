using System.Net;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Web;

namespace Billing.Isolation.Tests.Routes;

/// <summary>
/// Tries what the running app answers to, with the ids of Ash and with the forms as Ash's own admin has them, and holds each answer against
/// what it may be.
/// </summary>
sealed class Harness(TwoResellers resellers, IReadOnlyList<Handler> handlers, IReadOnlyDictionary<string, string> values)
{
    /// <summary>What was guessed how often is counted when nobody guesses right, too.</summary>
    public static readonly string[] Restless = ["tenancy.sign_in_guard"];

    static readonly string[] Trail = ["tenancy.audit", "tenancy.audit_head"];

    // An operator may do these with any tenant: they are about the tenant as a customer of theirs, not about its data.
    const string OperatorsOwn = "/tenants/{slug}";

    const int MostShown = 60;

    readonly Rows rows = new(resellers.OwnerConnectionString);
    readonly Dictionary<Handler, IReadOnlyList<KeyValuePair<string, string>>> forms = [];

    public IReadOnlyList<Handler> Handlers => handlers;

    public IReadOnlyDictionary<string, string> Values => values;

    public int Attempts { get; private set; }

    /// <summary>Attempts that were refused; the others were answered with what is the asker's own, or everybody's.</summary>
    public int Refused { get; private set; }

    /// <summary>Forms that were sent as Ash's admin has them.</summary>
    public int Forms => forms.Count;

    /// <summary>What was not as it must be.</summary>
    public List<string> Problems { get; } = [];

    public static async Task<Harness> OfAsync(TwoResellers resellers, Func<Handler, bool>? only = null)
    {
        var all = await HandlerList.OfAsync(resellers.Services);
        KnownValues.Missing(all).ShouldBeEmpty();
        var harness = new Harness(resellers, [.. all.Where(only ?? (_ => true))], await KnownValues.OfAsync(new Rows(resellers.OwnerConnectionString), resellers.Ash));
        await harness.ReadFormsAsync();
        return harness;
    }

    // What Ash's admin would send from each page with those ids. A stranger who has got hold of it sends the same.
    async Task ReadFormsAsync()
    {
        using var caller = new Caller(resellers);
        foreach (var group in handlers.Where(handler => !handler.IsApi && !handler.IsOpen).GroupBy(handler => handler.Route))
        {
            var isPortals = group.First().Demands.Contains(Tenancy.Users.Permission.UsePortal);
            var (host, cookie) = isPortals ? (resellers.Ash.Portal, resellers.Ash.Cookies[FilledReseller.Target]) : (resellers.Ash.Office, resellers.Ash.Cookies[Tenancy.Users.Role.Admin]);
            var page = group.First() with { Name = null };
            if (!group.Any(handler => !handler.IsRead)) continue;
            var query = string.Join('&', group.SelectMany(handler => handler.Inputs).Distinct().Where(input => values.ContainsKey(" " + input)).Select(input => $"{input}={Uri.EscapeDataString(values[" " + input])}"));
            var html = (await caller.GetAsync(host, page.PathWith(values) + "?" + query, cookie)).Text + (await caller.GetAsync(host, page.PathWith(values), cookie)).Text;
            foreach (var handler in group.Where(handler => !handler.IsRead))
                if (HtmlForm.Of(html).FirstOrDefault(form => form.IsPost && string.Equals(form.Handler, handler.Name, StringComparison.OrdinalIgnoreCase) && IsOwn(form, handler)) is { } form)
                    forms[handler] = form.Fields;
        }

        // Every page has a form to sign out with; only the pages' own are meant.
        static bool IsOwn(HtmlForm form, Handler handler) => handler.Route == "/sign-out" || !form.Action.Split('?')[0].EndsWith("/sign-out", StringComparison.Ordinal);
    }

    /// <summary>Tries everything as a stranger at each place.</summary>
    public async Task TryAsync(Stranger stranger, IReadOnlyList<Place> places)
    {
        using var caller = new Caller(resellers);
        var before = await HashAsync();
        var last = (await rows.OwnersAsync(resellers.Ash.Tenant.Id, "select max(entry) from tenancy.audit"))[0];
        foreach (var place in places)
        {
            var isHome = stranger.Home.Contains(place);
            var ours = await caller.TokenAsync(place.Host, place.Under, stranger.Cookie);
            // Signing out comes last, or the rest would be tried as nobody.
            foreach (var handler in handlers.OrderBy(handler => handler is { Route: "/sign-out", IsRead: false }))
            {
                if (isHome && IsTheirsToDo(stranger, handler)) continue;
                if (handler.Route == "/sign-out" && isHome && !handler.IsRead && place != stranger.Home[^1]) continue;
                if (handler is { Route: "/sign-out", IsRead: false }) await HoldAsync();
                var answer = await SendAsync(caller, place.Host, place.Under, stranger.Cookie, ours, handler);
                Judge(stranger, place, isHome, handler, answer);
            }

            async Task HoldAsync()
            {
                if (isHome && (await caller.GetAsync(place.Host, place.Under + "/account", stranger.Cookie)).Status != HttpStatusCode.OK) Problems.Add($"{stranger.Name} at {place} was signed out before the end: the rest was tried as nobody");
            }
        }
        var after = await HashAsync();
        // What one of Ash's own people takes out as a file of their own is noted; nothing else may be.
        var noted = await rows.OwnersAsync(resellers.Ash.Tenant.Id, $"select actor_name || ': ' || action || ' ' || subject from tenancy.audit where entry > {last} and action <> 'calls.exported'");
        Problems.AddRange(noted.Select(entry => $"{stranger.Name} did something to Ash that was noted: {entry}"));
        Problems.AddRange(before.Where(table => after[table.Key] != table.Value && !(stranger.IsOfTheHouse && Trail.Contains(table.Key))).Select(table => $"{stranger.Name} changed {table.Key} of Ash: {table.Value} -> {after[table.Key]}"));
    }

    static bool IsTheirsToDo(Stranger stranger, Handler handler) =>
        // Their own name, password and sign-ins are rows of Ash when they are Ash's people.
        (stranger.IsOfTheHouse && handler.IsForPeople)
        || (!handler.IsRead && handler.Route == OperatorsOwn && handler.Demands.All(stranger.Permissions.Contains));

    /// <summary>Asks for a handler with Ash's ids, for those that change something with the form that Ash's admin would send.</summary>
    public async Task<Answer> SendAsync(Caller caller, string host, string under, string cookie, (string Token, string Cookie) ours, Handler handler)
    {
        var path = under + handler.PathWith(values);
        var inputs = handler.Inputs.Select(input => KeyValuePair.Create(input, InputOf(handler, input))).ToList();
        if (handler.IsApi) return await ApiAttempt.SendAsync(caller, host, under, handler, values, cookie, null);
        if (handler.IsRead)
            return await caller.SendAsync(new HttpMethod(handler.Method), host, path + (inputs.Count == 0 ? "" : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', inputs.Select(input => $"{input.Key}={Uri.EscapeDataString(input.Value)}"))), cookie);
        var fields = forms.GetValueOrDefault(handler, []);
        // A stranger who types the mark gets it back; that is no leak.
        var sent = fields.Where(field => inputs.All(input => input.Key != field.Key)).Select(field => KeyValuePair.Create(field.Key, Typed(field.Value))).Concat(inputs).ToList();
        // Some inputs are read from the address.
        var query = string.Join('&', inputs.Select(input => $"{input.Key}={Uri.EscapeDataString(input.Value)}"));
        return await caller.PostAsync(host, path + (query.Length == 0 ? "" : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query), cookie, ours, sent);
    }

    // Somebody else each time: attempts at one address are counted.
    string InputOf(Handler handler, string input) => KnownValues.InputOf(values, handler, input).Replace("typed@", $"typed{Attempts}@", StringComparison.Ordinal);

    string Typed(string value) => value.Replace(resellers.Ash.Mark, "typed-", StringComparison.Ordinal).Replace("ashes", "typed", StringComparison.OrdinalIgnoreCase);

    void Judge(Stranger stranger, Place place, bool isHome, Handler handler, Answer answer)
    {
        Attempts++;
        var isRefused = IsRefusal(answer, handler, isHome);
        if (isRefused) Refused++;
        // Open pages are for everybody; at home there is the stranger's own, but nothing that Ash's ids lead to.
        var mayAnswer = handler.IsOpen || (isHome && !handler.Parameters.Any(parameter => KnownValues.IsRow(parameter.Key))) || (isHome && handler.Route == OperatorsOwn);
        var what = $"{stranger.Name} at {place}: {handler} -> {(int)answer.Status}{(answer.Location is null ? "" : " to " + answer.Location)}";
        if ((int)answer.Status is >= 500 or 429) Problems.Add($"{what}, which proves nothing");
        else if (!isRefused && !mayAnswer) Problems.Add($"{what}, where a refusal was due");
        var everything = answer.Everything;
        foreach (var mark in stranger.Marks.Concat(place.Reseller == resellers.Ash || handler.Route == OperatorsOwn || stranger.Permissions.Contains(Tenancy.Users.Permission.Operate) ? [] : PublicMarks))
            if (everything.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at) Problems.Add($"{what} shows …{everything[Math.Max(0, at - 60)..Math.Min(everything.Length, at + 60)].ReplaceLineEndings(" ")}…");
    }

    // What everybody may read at Ash's own addresses, and nowhere else.
    string[] PublicMarks => [resellers.Ash.Tenant.Name, resellers.Ash.Tenant.Brand.SupportEmail!];

    static bool IsRefusal(Answer answer, Handler handler, bool isHome) =>
        answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.MisdirectedRequest || answer.IsToSignIn
        // The bare address leads to a page that is then asked for in its turn.
        || (handler.Route == "/" && answer.Location is "/portal" or "/operator/tenants")
        // Whoever may change such things is told why this one can't be.
        || (isHome && !handler.IsRead && answer.Status is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity);

    public Task<IReadOnlyDictionary<string, string>> HashAsync() => rows.HashesAsync(resellers.Ash.Tenant.Id, Restless);

    public void Report(Xunit.Abstractions.ITestOutputHelper output)
    {
        output.WriteLine(Summary);
        output.WriteLine($"Without a form on their page as it stands, so sent with their inputs alone: {string.Join(", ", handlers.Where(handler => !handler.IsRead && !handler.IsApi && !handler.IsOpen && !forms.ContainsKey(handler)))}.");
        foreach (var problem in Problems.Take(MostShown)) output.WriteLine(problem);
    }

    string Summary => $"{Handlers.Select(handler => handler.Route).Distinct().Count()} routes, {Handlers.Count} handlers ({Handlers.Count(handler => handler.IsApi)} API operations, {Forms} forms as Ash's admin has them), {Attempts} attempts, {Refused} refused, {Attempts - Refused} answered with what is the asker's own or everybody's, {Problems.Count} problems.";
}
