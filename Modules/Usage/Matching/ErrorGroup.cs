namespace Billing.Usage.Matching;

/// <summary>Calls that fail for one and the same cause.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Subject">With what: a number, a circuit, a destination, a field.</param>
/// <param name="Message">One call's message, as an example.</param>
/// <param name="Calls">How many.</param>
/// <param name="Seconds">Their answered time.</param>
/// <param name="Cost">What the carrier charges for them: at least this much money is at stake. Calls without a cost add nothing.</param>
/// <param name="CallsWithoutCost">How many those are.</param>
/// <param name="FirstFile">Where one of them stands.</param>
/// <param name="FirstLine">On which line.</param>
public sealed record ErrorGroup(string Code, string Subject, string Message, long Calls, long Seconds, decimal Cost, long CallsWithoutCost, string FirstFile, long FirstLine);
