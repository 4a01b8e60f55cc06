using System.Net;
using System.Text.RegularExpressions;
using Billing.Delivery.Templates;
using Billing.Host;
using Billing.Host.Commands;
using Billing.Invoicing.Invoices;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Routes;
using Billing.Isolation.Tests.Web;
using Billing.Tenancy.Users;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Security;

/// <summary>
/// Markup is text wherever it comes from: a reseller all of whose texts are markup (names, CDR lines, file names, tariffs), and every text field of
/// every form filled with it; then every page is read.
/// </summary>
[Trait("needs", "postgres")]
public sealed partial class MarkupTests(MarkupTests.Own resellers, ITestOutputHelper output) : IClassFixture<MarkupTests.Own>
{
    public sealed class Own : TwoResellers;

    // It would end an attribute in either quotes and begin an element; the ampersand shows what was encoded twice or not at all.
    const string Markup = "\"'><zzx>&";

    [Fact]
    public async Task What_people_and_carriers_write_is_never_markup_on_any_page()
    {
        var cedar = await FilledReseller.OpenAsync(resellers.Database, TwoResellers.Clock, "cedar", Markup, 441134970000, "three", FilledReseller.Neighbour, FilledReseller.Target);
        await resellers.ConnectAsync(cedar);
        var handlers = await HandlerList.OfAsync(resellers.Services);
        var values = await KnownValues.OfAsync(new Rows(resellers.OwnerConnectionString), cedar);
        var paths = Forms.PathsOf(handlers.Where(handler => handler.Route != "/settings/brand" || handler.Name is null), values);
        using var caller = new Caller(resellers);
        var problems = new List<string>();
        var (asked, shown, sent, taken) = (0, 0, 0, 0);
        var fields = new SortedDictionary<string, bool>(StringComparer.Ordinal);

        foreach (var (host, cookie) in new[] { (cedar.Office, cedar.Cookies[Role.Admin]), (cedar.Portal, cedar.Cookies[FilledReseller.Target]), (cedar.Office, "") })
        {
            var forms = new Forms(caller, host, cookie);
            await ReadAsync(host, cookie, paths);
            foreach (var (page, form) in await forms.FindAsync(paths))
            {
                var texts = form.Texts.Where(text => text.Type is not ("password" or "date" or "number" or "color" or "email")).Select(text => text.Name).ToList();
                if (texts.Count == 0) continue;
                // All at once, and each for itself where the others would have it refused.
                foreach (var some in texts.Count == 1 ? [texts] : texts.Select(text => new List<string> { text }).Append(texts))
                {
                    if (await forms.SendAsync(page, form, ++sent, some.ToDictionary(text => text, text => Markup + " " + text[(text.LastIndexOf('.') + 1)..]), Markup + ".csv") is not { } answer) continue;
                    if (answer.Status is HttpStatusCode.Redirect) taken++;
                    foreach (var text in some) fields[$"{form.TargetOn(page).Split('?')[0]} {text}"] = fields.GetValueOrDefault($"{form.TargetOn(page).Split('?')[0]} {text}") || answer.Status is HttpStatusCode.Redirect;
                    Look($"{host}{form.TargetOn(page)} ({string.Join(", ", some)})", answer);
                }
                foreach (var (name, _) in form.Texts.Where(text => text.Type == "url"))
                    if (await forms.SendAsync(page, form, ++sent, new Dictionary<string, string> { [name] = "javascript:alert(1)" }) is { } answer) Look($"{host}{form.TargetOn(page)} ({name})", answer);
            }
            await ReadAsync(host, cookie, [.. paths, .. Searches(handlers, values)]);
        }
        output.WriteLine($"{sent} forms sent, {taken} taken, {asked} answers looked through, {shown} of them show the markup as text, {problems.Count} problems.");
        output.WriteLine($"{fields.Count} fields; never taken with it, but shown as text with the reason: {string.Join(", ", fields.Where(field => !field.Value).Select(field => field.Key))}.");
        foreach (var problem in problems.Take(50)) output.WriteLine(problem);
        problems.Count.ShouldBe(0, problems.FirstOrDefault());
        taken.ShouldBeGreaterThan(40);
        shown.ShouldBeGreaterThan(100);

        async Task ReadAsync(string host, string cookie, IReadOnlyList<string> first)
        {
            var (seen, waiting) = (new HashSet<string>(first, StringComparer.Ordinal), new Queue<string>(first));
            while (waiting.TryDequeue(out var path))
            {
                var answer = await caller.GetAsync(host, path, cookie);
                Look(host + path, answer);
                if (answer.MediaType != "text/html") continue;
                foreach (Match link in Links().Matches(answer.Text))
                    if (WebUtility.HtmlDecode(link.Groups[1].Value).Split('#')[0] is var to && to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !Passed(to) && seen.Add(to)) waiting.Enqueue(to);
            }
        }

        void Look(string what, Answer answer)
        {
            asked++;
            if ((int)answer.Status >= 500) problems.Add($"{what} -> {(int)answer.Status}");
            if (!answer.Headers.Any(header => header.Name == "Content-Security-Policy" && (answer.MediaType == "application/pdf" || header.Value.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", StringComparison.Ordinal)))) problems.Add($"{what} has no policy");
            if (!answer.Headers.Contains(("X-Content-Type-Options", "nosniff"))) problems.Add($"{what} may be sniffed");
            if (answer.MediaType is not ("text/html" or "image/svg+xml")) return;
            if (answer.Text.Contains("&lt;zzx&gt;&amp;", StringComparison.Ordinal)) shown++;
            if (Raw().Match(answer.Text) is { Success: true } raw) problems.Add($"{what} has markup: …{answer.Text[Math.Max(0, raw.Index - 80)..Math.Min(answer.Text.Length, raw.Index + 80)].ReplaceLineEndings(" ")}…");
            if (Scripts().Match(answer.Text) is { Success: true } script) problems.Add($"{what} leads to a script: {script.Value}");
        }
    }

    [Fact]
    public async Task What_is_printed_has_no_markup_but_the_templates()
    {
        var fir = await FilledReseller.OpenAsync(resellers.Database, TwoResellers.Clock, "firs", Markup, 441134980000, FilledReseller.Target);
        await using var db = await resellers.Database.BeginAsync(fir.Tenant.Id);
        var number = (await InvoiceRegister.ListAsync(db, null)).Single().Number;
        var html = TemplateSet.Read(Home.File(RunCommands.StandardTemplate)).Compile().Render("invoice", (await InvoiceRegister.FindAsync(db, number))!.Document);

        html.ShouldContain("&lt;zzx&gt;&amp;one Ltd");
        Raw().Match(html).Value.ShouldBe("");
        Scripts().IsMatch(html).ShouldBeFalse();
    }

    // Lists that are searched, and the search itself.
    static IEnumerable<string> Searches(IEnumerable<Handler> handlers, IReadOnlyDictionary<string, string> values) =>
        handlers.Where(handler => handler is { Method: "GET", Name: null, IsApi: false }).Select(handler => $"{handler.PathWith(values)}?q={Uri.EscapeDataString(Markup)}&sort={Uri.EscapeDataString(Markup)}&state={Uri.EscapeDataString(Markup)}&return={Uri.EscapeDataString("/" + Markup)}&account={Uri.EscapeDataString(Markup)}");

    // Files of the program, the other look, signing out.
    static bool Passed(string path) => path.StartsWith("/assets/", StringComparison.Ordinal) || path.StartsWith("/look", StringComparison.Ordinal) || path.StartsWith("/sign-out", StringComparison.Ordinal) || path.Contains("handler=sample", StringComparison.OrdinalIgnoreCase);

    // The element itself, or its text behind a quotation mark that was left as it is: inside an attribute that would be its end.
    [GeneratedRegex("<zzx|[\"'](?:>|&gt;)(?:<|&lt;)zzx")]
    private static partial Regex Raw();

    [GeneratedRegex("(?:href|src|action)=\"\\s*(?:javascript|vbscript|data:text)[^\"]*\"|<script(?![^>]* src=)[^>]*>|\\son[a-z]+=\"", RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
