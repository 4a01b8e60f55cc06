namespace Billing.Usage.Matching;

/// <summary>Calls that fail for one and the same cause.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Subject">With what: a number, a circuit, a destination, a field.</param>
/// <param name="Message">One call's message, as an example.</param>
/// <param name="Calls">How many.</param>
/// <param name="Seconds">Their answered time.</param>
/// <param name="Stake">What carriers charge for them: the money at stake.</param>
/// <param name="FirstFile">Where one of them stands.</param>
/// <param name="FirstLine">On which line.</param>
/// <param name="FirstFileId">That file's place in the register.</param>
/// <param name="FirstCallAt">When the earliest of them began; null where no time could be read.</param>
public sealed record ErrorGroup(string Code, string Subject, string Message, long Calls, long Seconds, Stake Stake, string FirstFile, long FirstLine, long FirstFileId, DateTimeOffset? FirstCallAt = null)
{
    /// <summary>The cause itself.</summary>
    public ErrorCause Cause => new(Code, Subject);

    /// <summary>True where mending something and pricing again can help; a line that can't be read or came too late stays as it is.</summary>
    public bool CanBeRerated => Code.StartsWith("rating.", StringComparison.Ordinal) || Code is "usage.unassigned" or "usage.not-owned-on-day";

    /// <summary>The cause in a word or two, for a list.</summary>
    public string Title => Subject.Length == 0 ? Code : Code.StartsWith("cdr.", StringComparison.Ordinal) ? "Field " + Subject : Subject;
}
