using Billing.Usage.RatedCalls;

namespace Billing.Usage.Endpoints;

/// <summary>A CDR file in the API.</summary>
sealed record FileView(long FileId, string Name, string Hash, long Bytes, DateOnly? From, DateOnly? To, DateTimeOffset ImportedAt, FileBalance Balance);
