using Microsoft.AspNetCore.Http;

namespace Billing.Api.Writes;

/// <summary>An answer as it goes out, taken aside so that it can be kept.</summary>
sealed record KeptAnswer(int Status, string? MediaType, string? Location, string? ETag, byte[] Body)
{
    /// <summary>Lets an endpoint's result write itself aside instead of into the response.</summary>
    public static async Task<KeptAnswer> OfAsync(object? result, HttpContext http)
    {
        var response = http.Response;
        var real = response.Body;
        using var aside = new MemoryStream();
        response.Body = aside;
        try
        {
            if (result is IResult answer) await answer.ExecuteAsync(http);
            else if (result is not null) await response.WriteAsJsonAsync(result, result.GetType(), http.RequestAborted);
        }
        finally
        {
            response.Body = real;
        }
        var kept = new KeptAnswer(response.StatusCode, response.ContentType, NullIfEmpty(response.Headers.Location.ToString()), NullIfEmpty(response.Headers.ETag.ToString()), aside.ToArray());
        return kept;
    }

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (MediaType is not null) response.ContentType = MediaType;
        if (Location is not null) response.Headers.Location = Location;
        if (ETag is not null) response.Headers.ETag = ETag;
        if (Body.Length == 0) return;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellationToken);
    }

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
