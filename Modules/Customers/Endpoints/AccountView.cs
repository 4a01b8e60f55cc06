using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>An account in the API.</summary>
sealed record AccountView(
    string Number, string Name, string? TariffCode, string TaxTreatment, string? VatNumber, string PaymentMethod, string Delivery, bool IsItemised, string? InvoiceMessage, int PaymentDays,
    DateOnly StartedOn, DateOnly? EndedOn, IReadOnlyList<string> BillingAddress)
{
    public static AccountView Of(Account account, IReadOnlyDictionary<long, string> tariffs) => new(
        account.Number, account.Name, account.TariffId is { } tariff ? tariffs.GetValueOrDefault(tariff) : null, account.TaxTreatment, account.VatNumber, account.PaymentMethod, account.Delivery,
        account.IsItemised, account.InvoiceMessage, account.PaymentDays, account.StartedOn, account.EndedOn, account.BillingAddress);
}
