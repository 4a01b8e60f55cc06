using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Billing.Host.Web;

/// <summary>
/// Serves the style sheet and scripts. They were compressed when they were built (brotli at its best, which is too slow for every request);
/// who can read that gets the packed file.
/// </summary>
internal static class PackedAssets
{
    private const string Folder = "/assets";

    // Where both are welcome, the smaller one.
    private static readonly (string Encoding, string Suffix)[] Packings = [("br", ".br"), ("gzip", ".gz")];

    public static void UsePackedAssets(this IApplicationBuilder app)
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var (_, suffix) in Packings) types.Mappings[suffix] = "application/octet-stream";
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments(Folder, StringComparison.Ordinal) && PackingFor(context) is { } suffix) request.Path += suffix;
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = types, OnPrepareResponse = file => Describe(file, types) });
    }

    private static string? PackingFor(HttpContext context)
    {
        var files = context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider;
        if (!StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptEncoding, out var accepted)) return null;
        foreach (var (encoding, suffix) in Packings)
            if (accepted.Any(a => a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0) && files.GetFileInfo(context.Request.Path + suffix).Exists)
                return suffix;
        return null;
    }

    private static void Describe(StaticFileResponseContext file, FileExtensionContentTypeProvider types)
    {
        var (request, headers) = (file.Context.Request, file.Context.Response.Headers);
        // A page names an asset with the hash of its content, and a chunk has it in its name: kept for as long as they are asked for so.
        var isNamedByContent = request.Query.ContainsKey("v") || request.Path.StartsWithSegments(Folder + "/chunks", StringComparison.Ordinal);
        headers.CacheControl = isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.AcceptEncoding);
        foreach (var (encoding, suffix) in Packings)
        {
            if (!file.File.Name.EndsWith(suffix, StringComparison.Ordinal)) continue;
            headers.ContentEncoding = encoding;
            if (types.TryGetContentType(file.File.Name[..^suffix.Length], out var type)) headers.ContentType = type;
        }
    }
}
