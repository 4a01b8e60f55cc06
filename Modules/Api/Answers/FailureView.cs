using System.Diagnostics.CodeAnalysis;
using Billing.Abstractions.Values;

namespace Billing.Api.Answers;

/// <summary>Why something failed that was asked for earlier, as part of an answer.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">A sentence, for people.</param>
public sealed record FailureView(string Code, string Message)
{
    /// <summary>How a failure is shown; null for none.</summary>
    [return: NotNullIfNotNull(nameof(failure))]
    public static FailureView? Of(Failure? failure) => failure is null ? null : new(failure.Code, failure.Message);
}
