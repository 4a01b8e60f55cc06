using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The parts of an upload form as they arrive: fields first, then the files.</summary>
internal static class UploadParts
{
    private const int LongestField = 4096;
    private const int LongestBoundary = 100;

    /// <summary>A reader of the form; null when the request is no such form.</summary>
    public static MultipartReader? ReaderOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? new MultipartReader(boundary, request.Body)
            : null;

    /// <summary>The name of the field or file; null for a part that is neither.</summary>
    public static (string Field, string? FileName)? NameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : disposition.FileName.HasValue ? HeaderUtilities.RemoveQuotes(disposition.FileName).Value : null;
        return (HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "", file);
    }

    /// <summary>A field's value, up to what any field of ours needs.</summary>
    public static async Task<string> TextOfAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        var length = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
