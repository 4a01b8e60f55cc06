using Billing.Abstractions.Values;

namespace Billing.Usage.Arrivals;

/// <summary>A file that came from a carrier, in the register or still waiting for its import.</summary>
/// <param name="FileId">Its place in the register; null while it is not in.</param>
/// <param name="Name">Its name.</param>
/// <param name="Carrier">Who sent it.</param>
/// <param name="Period">The days it says it covers.</param>
/// <param name="At">When it came.</param>
public sealed record ArrivedFile(long? FileId, string Name, string Carrier, DateInterval? Period, DateTimeOffset At);
