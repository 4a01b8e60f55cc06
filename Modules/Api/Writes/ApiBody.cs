using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Microsoft.AspNetCore.Http;

namespace Billing.Api.Writes;

/// <summary>
/// Makes a request's body readable twice (once by the endpoint, once for its hash), and answers what can't be read, or what went wrong
/// while answering, as problem details instead of a page.
/// </summary>
sealed class ApiBody(RequestDelegate next)
{
    const int InMemory = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method)) context.Request.EnableBuffering(InMemory);
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await Problem.Of(problem.StatusCode, new Failure(problem.StatusCode == StatusCodes.Status413PayloadTooLarge ? "api.too-big" : "api.bad-request", Sentence(problem))).ExecuteAsync(context);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType, ContentLength: null or 0, ContentType: null })
            await Problem.Of(context.Response.StatusCode, new Failure("api.no-such-operation", $"{context.Request.Method} {context.Request.Path} is no operation of this API; see {ApiSetup.Root}/openapi.json.")).ExecuteAsync(context);
    }

    // What the JSON reader says names our types after the first sentence; the path is what the sender needs.
    static string Sentence(BadHttpRequestException problem) => problem.InnerException is JsonException { Path: { } path } json
        ? $"The body is wrong at {path}{(json.LineNumber is { } line ? $", line {line + 1}" : "")}: it has an unknown member, lacks one, or has a value of another kind. See the description of the operation."
        : "The request can't be read: " + problem.Message;
}
