namespace Billing.Usage.Endpoints;

/// <summary>What was read of a line.</summary>
sealed record CallReadView(
    DateTimeOffset StartedAt, DateTime? StartedLocal, bool IsTimeDoubtful, string Direction, string Kind, bool IsAnswered, string? From, string? To, string? Circuit,
    int Seconds, long Quantity, string? ChargeCode, decimal? Cost, string? CostCurrency);
