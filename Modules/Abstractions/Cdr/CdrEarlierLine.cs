namespace Billing.Abstractions.Cdr;

/// <summary>
/// A line that was <see cref="CdrProblemCode.Incomplete"/> in an earlier file: it is offered again with each file of its carrier that follows, until the rest of its
/// call comes. The record that it becomes part of names its token (<see cref="CallDetailRecord.Earlier"/>).
/// </summary>
/// <param name="Token">The host's word for the line, above zero.</param>
/// <param name="Raw">The line's bytes.</param>
public sealed record CdrEarlierLine(long Token, ReadOnlyMemory<byte> Raw);
