using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>
/// Notes a request that failed in one line, with the reference that its error page shows. BILLING_TRACE=1 adds where in the code.
/// </summary>
internal sealed class FailureLog(ILogger<FailureLog> log) : IExceptionHandler
{
    /// <summary>What a person can be told on the telephone to find the line in the log.</summary>
    public static string ReferenceOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var trace = Environment.GetEnvironmentVariable("BILLING_TRACE") is null ? null : exception;
        var path = httpContext.Request.PathBase + httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        log.LogError(trace, "{Path} failed: {Message} (reference {Reference})", path, exception.Message.ReplaceLineEndings(" "), ReferenceOf(httpContext));
        return ValueTask.FromResult(false);
    }
}
