namespace Billing.Abstractions.Values;

/// <summary>
/// An expected failure: something a file, a person or another system got wrong, as a value. A bug throws instead.
/// </summary>
/// <param name="Code">
/// Stable and lower case, <c>area.what-is-wrong</c>, for example <c>cdr.bad-number</c>. Programs, translations and error
/// statistics hang on it: once published it never changes its meaning.
/// </param>
/// <param name="Message">One sentence for a person: what is wrong, where, and what to do. No stack trace, no type names.</param>
public sealed record Failure(string Code, string Message)
{
    /// <summary>
    /// The field of a form, or the column of a file, that is wrong: <c>vatNumber</c>. Null when the failure is about the whole. A screen shows the
    /// message beside that field.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>The code and the message, as a log or a console shows them.</summary>
    public override string ToString() => $"{Code}: {Message}";
}
