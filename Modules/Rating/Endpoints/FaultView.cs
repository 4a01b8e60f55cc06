using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>One fault of a tariff document or a rate sheet, with its place.</summary>
sealed record FaultView(string Code, string Place, string Message)
{
    public static FaultView Of(TariffError error) => new(error.Code, error.Place, error.Message);
}
