using Billing.Isolation.Tests.Routes;
using Billing.Isolation.Tests.Web;

namespace Billing.Isolation.Tests.Security;

/// <summary>All forms that somebody finds on the pages of the running app.</summary>
sealed class Forms(Caller caller, string host, string cookie)
{
    /// <summary>What is sent in a file field.</summary>
    const string File = "Account number,Name\nA1,Typed\n";

    /// <summary>Addresses of every page that is read, with the ids of a reseller.</summary>
    public static IReadOnlyList<string> PathsOf(IEnumerable<Handler> handlers, IReadOnlyDictionary<string, string> values) =>
    [
        .. handlers.Where(handler => handler is { Method: "GET", IsApi: false }).Select(handler => handler.PathWith(values) + (handler.Inputs.Count == 0 ? "" : (handler.Name is null ? "?" : "&")
            + string.Join('&', handler.Inputs.Select(input => $"{input}={Uri.EscapeDataString(KnownValues.InputOf(values, handler, input))}"))))
            // The forms that make a new one.
            .Concat(handlers.Where(handler => handler is { Method: "GET", Name: null, IsApi: false }).SelectMany(handler => handler.Parameters.Where(place => !place.Text.Contains(':', StringComparison.Ordinal))
                .Select(place => handler.PathWith(values.ToDictionary(value => value.Key, value => value.Key == place.Key ? "new" : value.Value))))).Distinct(),
    ];

    /// <summary>The forms of pages, each once; not the one to sign out with, which every page has.</summary>
    public async Task<IReadOnlyList<(string Page, HtmlForm Form)>> FindAsync(IEnumerable<string> pages)
    {
        var found = new Dictionary<string, (string, HtmlForm)>(StringComparer.Ordinal);
        foreach (var page in pages)
            foreach (var form in HtmlForm.Of((await caller.GetAsync(host, page, cookie)).Text).Where(form => form.IsPost && !form.TargetOn(page).Contains("/sign-out", StringComparison.Ordinal)))
                found.TryAdd(Name(page, form), (page, form));
        return [.. found.Values];
    }

    /// <summary>Loads the page once more and sends its form.</summary>
    /// <returns>Null when the form is not there any more.</returns>
    public async Task<Answer?> SendAsync(string page, HtmlForm form, int number, IReadOnlyDictionary<string, string> given, string fileName = "typed.csv", IEnumerable<KeyValuePair<string, string>>? more = null)
    {
        var answer = await caller.GetAsync(host, page, cookie);
        if (HtmlForm.Of(answer.Text).FirstOrDefault(now => now.IsPost && Name(page, now) == Name(page, form)) is not { } fresh || HtmlForm.TokenOf(answer.Text) is not { } token) return null;
        var ours = (token, string.Join("; ", answer.Headers.Where(header => header.Name == "Set-Cookie" && header.Value.StartsWith("form=", StringComparison.Ordinal)).Select(header => header.Value.Split(';')[0])));
        var fields = fresh.Filled(number, given).Concat(more ?? []);
        if (!fresh.IsUpload) return await caller.PostAsync(host, fresh.TargetOn(page), cookie, ours, fields);
        using var body = new MultipartFormDataContent { { new StringContent(token), HtmlForm.Key } };
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        foreach (var file in fresh.Files)
        {
            var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(File));
            content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{file}\"; filename*=UTF-8''{Uri.EscapeDataString(fileName)}");
            body.Add(content);
        }
        return await caller.SendAsync(HttpMethod.Post, host, fresh.TargetOn(page), $"{cookie}; {ours.Item2}", body);
    }

    public static string Name(string page, HtmlForm form) => form.TargetOn(page.Split('?')[0]) + " " + string.Join(',', form.Names.Order(StringComparer.Ordinal));
}
