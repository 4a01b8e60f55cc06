using Billing.Abstractions.Values;

namespace Billing.Customers.Accounts;

/// <summary>An account to be opened; its parts are those of <see cref="Account"/>, <see cref="Site"/> and <see cref="Contact"/>.</summary>
public sealed record NewAccount(string Number, string Name, long? TariffId, DateOnly StartedOn)
{
    /// <summary>As in <see cref="Account"/>.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>As in <see cref="Account"/>.</summary>
    public string TaxTreatment { get; init; } = "standard";

    /// <summary>As in <see cref="Account"/>.</summary>
    public string? VatNumber { get; init; }

    /// <summary>As in <see cref="Account"/>.</summary>
    public string PaymentMethod { get; init; } = "bank-transfer";

    /// <summary>As in <see cref="Account"/>.</summary>
    public string Delivery { get; init; } = "email";

    /// <summary>As in <see cref="Account"/>.</summary>
    public bool IsItemised { get; init; } = true;

    /// <summary>As in <see cref="Account"/>.</summary>
    public string? InvoiceMessage { get; init; }

    /// <summary>As in <see cref="Account"/>.</summary>
    public int PaymentDays { get; init; } = 14;

    /// <summary>Where it is; exactly one is the billing address.</summary>
    public IReadOnlyList<Site> Sites { get; init; } = [];

    /// <summary>Its people.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>The part that can be changed later.</summary>
    public AccountDetails Details => new(Number, Name, StartedOn)
    {
        TariffId = TariffId,
        TaxTreatment = TaxTreatment,
        VatNumber = VatNumber,
        PaymentMethod = PaymentMethod,
        Delivery = Delivery,
        IsItemised = IsItemised,
        InvoiceMessage = InvoiceMessage,
        PaymentDays = PaymentDays,
    };

    /// <summary>Everything that is wrong with the account or its parts, each with its field.</summary>
    public IReadOnlyList<Failure> Check() =>
    [
        .. Details.Check(), .. Contacts.SelectMany(c => c.Check()), .. Sites.SelectMany(s => s.Check()),
        .. Sites.Count(s => s.IsBilling) > 1 ? [new Failure("records.two-billing-addresses", "Only one site can be the billing address.") { Field = "sites" }] : Array.Empty<Failure>(),
    ];
}
