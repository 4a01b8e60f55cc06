using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>A sum in its currency, in the API.</summary>
sealed record MoneyView(decimal Amount, string Currency)
{
    public static IReadOnlyList<MoneyView> Of(Stake stake) => [.. stake.Known.Select(money => new MoneyView(money.Amount, money.Currency.Code))];
}
