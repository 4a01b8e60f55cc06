using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Api.Writes;

/// <summary>The version of a thing that two people may edit, as an <c>ETag</c>; a change has to say in <c>If-Match</c> which one it means.</summary>
public static class Versioned
{
    /// <summary>Names the version in the answer.</summary>
    public static void Tag(HttpContext http, int version)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }

    /// <summary>The version a change means.</summary>
    /// <param name="http">The request.</param>
    /// <param name="version">That version.</param>
    /// <returns>Null when it is said; else the refusal.</returns>
    public static ProblemHttpResult? Read(HttpContext http, out int version)
    {
        ArgumentNullException.ThrowIfNull(http);
        var text = http.Request.Headers.IfMatch.ToString();
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"' && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out version)) return null;
        version = 0;
        return Problem.Of(StatusCodes.Status428PreconditionRequired, new Failure("api.no-version", "Send the header If-Match with the ETag of the answer that you read it from, so that nobody's change is overwritten unseen."));
    }

    /// <summary>Somebody changed it since.</summary>
    public static ProblemHttpResult Stale(Failure failure) => Problem.Of(StatusCodes.Status412PreconditionFailed, failure);
}
