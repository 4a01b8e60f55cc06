using Billing.Abstractions.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Api.Answers;

/// <summary>A failure as an answer (RFC 9457): its stable code under <c>code</c>, its sentence under <c>detail</c>.</summary>
public static class Problem
{
    /// <summary>There is no such thing, or it belongs to another tenant: the two look the same.</summary>
    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, new Failure("api.not-found", $"There is no {what}."));

    /// <summary>The request can't be done as things are: something changed, or comes first.</summary>
    public static ProblemHttpResult Conflict(Failure failure) => Of(StatusCodes.Status409Conflict, failure);

    /// <summary>The request itself is wrong.</summary>
    public static ProblemHttpResult Invalid(Failure failure) => Of(StatusCodes.Status422UnprocessableEntity, failure);

    /// <summary>Any failure with any status.</summary>
    public static ProblemHttpResult Of(int status, Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return TypedResults.Problem(detail: failure.Message, statusCode: status, type: "urn:problem:" + failure.Code, title: TitleOf(status),
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = failure.Code });
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request can't be read.",
        StatusCodes.Status401Unauthorized => "Nobody was recognised.",
        StatusCodes.Status403Forbidden => "Not allowed.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status409Conflict => "Not possible as things are.",
        StatusCodes.Status412PreconditionFailed => "It was changed meanwhile.",
        StatusCodes.Status413PayloadTooLarge => "Too big.",
        StatusCodes.Status428PreconditionRequired => "Say which version you mean.",
        StatusCodes.Status429TooManyRequests => "Too many requests.",
        >= 500 => "Something went wrong here.",
        _ => "The request is not valid.",
    };
}
