namespace Billing.Rating.RateCards;

/// <summary>One thing that is wrong with a tariff document or a rate sheet.</summary>
/// <param name="Code">Stable, <c>tariff.what-is-wrong</c>.</param>
/// <param name="Place">Where: <c>$.rates[3].prefix</c> in a document, <c>line 4, column per_minute</c> in a rate sheet.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record TariffError(string Code, string Place, string Message)
{
    /// <summary>One line for a console or a log.</summary>
    public override string ToString() => $"{Place}: {Message} [{Code}]";
}
