using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Billing.Api.Writes;

/// <summary>
/// Makes a request's body readable twice (once by the endpoint, once for its hash), and answers what can't be read, or what went wrong
/// while answering, as problem details instead of a page.
/// </summary>
sealed class ApiBody(RequestDelegate next)
{
    const int InMemory = 64 * 1024;
    const int Grace = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method)) context.Request.EnableBuffering(InMemory);
        var file = context.GetEndpoint()?.Metadata.GetMetadata<FileBody>();
        var most = file?.Most(context.RequestServices);
        if (most is { } bytes && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = bytes + Grace;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await Problem.Of(problem.StatusCode, FailureOf(problem, file, most)).ExecuteAsync(context);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType, ContentLength: null or 0, ContentType: null })
            await Problem.Of(context.Response.StatusCode, new Failure("api.no-such-operation", $"{context.Request.Method} {context.Request.Path} is no operation of this API; see {ApiSetup.Root}/openapi.json.")).ExecuteAsync(context);
    }

    static Failure FailureOf(BadHttpRequestException problem, FileBody? file, long? most) =>
        problem.StatusCode != StatusCodes.Status413PayloadTooLarge ? new("api.bad-request", Sentence(problem))
        : file is null ? new("api.too-big", "The body has more bytes than any request of this kind needs.")
        : new(file.TooBig, string.Create(CultureInfo.InvariantCulture, $"The file is too big: at most {most:N0} bytes are taken at once. Split it by day."));

    // What the JSON reader says names our types after the first sentence; the path is what the sender needs.
    static string Sentence(BadHttpRequestException problem) => problem.InnerException is JsonException { Path: { } path } json
        ? $"The body is wrong at {path}{(json.LineNumber is { } line ? $", line {line + 1}" : "")}: it has an unknown member, lacks one, or has a value of another kind. See the description of the operation."
        : "The request can't be read: " + problem.Message;
}
