using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class AssetTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task An_asset_travels_as_it_was_packed_when_it_was_built(string accepted, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/app.css?v=1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await resellers.Installation.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        response.Headers.Vary.ShouldContain("Accept-Encoding");
        response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        var packed = await response.Content.ReadAsStreamAsync();
        using var text = new StreamReader(encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress));
        (await text.ReadToEndAsync()).ShouldBe(await resellers.Installation.TextAsync("/assets/app.css"));
    }

    [Fact]
    public async Task An_asset_without_its_hash_is_asked_for_again_each_time()
    {
        using var response = await resellers.Installation.GetAsync("/assets/app.js");
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
    }

    [Fact]
    public async Task Charts_and_editor_are_chunks_named_by_their_content_and_kept()
    {
        var script = await resellers.Installation.TextAsync("/assets/app.js");
        foreach (var name in (string[])["charts", "editor"])
        {
            var chunk = Regex.Match(script, $"\\./(chunks/{name}-[A-Z0-9]+\\.js)").Groups[1].Value;
            using var response = await resellers.Installation.GetAsync("/assets/" + chunk);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    [Fact]
    public async Task Nothing_is_loaded_from_elsewhere()
    {
        var sheet = await resellers.Installation.TextAsync("/assets/app.css");
        Regex.Matches(sheet, @"url\(\s*(?![""']?data:)([^)]{0,60})").Select(m => m.Groups[1].Value).ShouldBeEmpty();
        sheet.ShouldNotContain("@import");
    }

    [Theory]
    [InlineData("/assets/app.css.br")]
    [InlineData("/assets/chunks/none.js")]
    [InlineData("/assets/../../Billing.Host.dll")]
    [InlineData("/assets/built-from")]
    public async Task What_is_no_asset_does_no_harm(string path)
    {
        using var response = await resellers.Installation.GetAsync(path);
        if (path.EndsWith(".br", StringComparison.Ordinal)) response.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        else response.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Redirect);
    }
}
