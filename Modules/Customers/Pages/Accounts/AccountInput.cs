using Billing.Customers.Accounts;

namespace Billing.Customers.Pages.Accounts;

/// <summary>The form of an account's details, as typed.</summary>
internal sealed record AccountInput
{
    public string? Number { get; init; }

    public string? Name { get; init; }

    public DateOnly? StartedOn { get; init; }

    public long? TariffId { get; init; }

    public string? TaxTreatment { get; init; }

    public string? VatNumber { get; init; }

    public string? PaymentMethod { get; init; }

    public int? PaymentDays { get; init; }

    public string? Delivery { get; init; }

    public bool IsItemised { get; init; } = true;

    public string? InvoiceMessage { get; init; }

    public int Version { get; init; }

    public static AccountInput Of(StoredAccount stored) => new()
    {
        Number = stored.Account.Number,
        Name = stored.Account.Name,
        StartedOn = stored.Account.StartedOn,
        TariffId = stored.Account.TariffId,
        TaxTreatment = stored.Account.TaxTreatment,
        VatNumber = stored.Account.VatNumber,
        PaymentMethod = stored.Account.PaymentMethod,
        PaymentDays = stored.Account.PaymentDays,
        Delivery = stored.Account.Delivery,
        IsItemised = stored.Account.IsItemised,
        InvoiceMessage = stored.Account.InvoiceMessage,
        Version = stored.Version,
    };

    public AccountDetails ToDetails(DateOnly today) => new((Number ?? "").Trim(), (Name ?? "").Trim(), StartedOn ?? today)
    {
        TariffId = TariffId,
        TaxTreatment = TaxTreatment ?? "standard",
        VatNumber = VatNumber,
        PaymentMethod = PaymentMethod ?? "bank-transfer",
        PaymentDays = PaymentDays ?? -1,
        Delivery = Delivery ?? "email",
        IsItemised = IsItemised,
        InvoiceMessage = InvoiceMessage,
    };
}
