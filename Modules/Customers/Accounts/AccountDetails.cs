using Billing.Abstractions.Values;
using Billing.Tenancy.Records;

namespace Billing.Customers.Accounts;

/// <summary>What a person can change of an account; the parts are those of <see cref="Account"/>.</summary>
public sealed record AccountDetails(string Number, string Name, DateOnly StartedOn)
{
    /// <summary>Words of <see cref="TaxTreatment"/>.</summary>
    public static IReadOnlyList<string> TaxTreatments { get; } = ["standard", "zero", "exempt", "reverse-charge"];

    /// <summary>Words of <see cref="PaymentMethod"/>.</summary>
    public static IReadOnlyList<string> PaymentMethods { get; } = ["bank-transfer", "direct-debit", "card"];

    /// <summary>Words of <see cref="Delivery"/>.</summary>
    public static IReadOnlyList<string> Deliveries { get; } = ["email", "print"];

    /// <summary>Longest <see cref="PaymentDays"/>: a year.</summary>
    public const int MostPaymentDays = 365;

    /// <summary>As in <see cref="Account"/>.</summary>
    public long? TariffId { get; init; }

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

    /// <summary>The details of a stored account.</summary>
    public static AccountDetails Of(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(account.Number, account.Name, account.StartedOn)
        {
            TariffId = account.TariffId,
            TaxTreatment = account.TaxTreatment,
            VatNumber = account.VatNumber,
            PaymentMethod = account.PaymentMethod,
            Delivery = account.Delivery,
            IsItemised = account.IsItemised,
            InvoiceMessage = account.InvoiceMessage,
            PaymentDays = account.PaymentDays,
        };
    }

    /// <summary>Everything that is wrong by itself, each with its field; what only the database knows is not asked.</summary>
    public IReadOnlyList<Failure> Check() => new FieldChecks()
        .Text("number", "The account number", Number, 40, isRequired: true)
        .That(Number == Number?.Trim(), "records.bad-text", "number", "The account number has a space before or after it.")
        .Text("name", "The name", Name, 200, isRequired: true)
        .OneOf("taxTreatment", "The VAT treatment", TaxTreatment, TaxTreatments)
        .Text("vatNumber", "The VAT number", VatNumber, 20)
        .That(string.IsNullOrWhiteSpace(VatNumber) || VatNumber.Count(char.IsAsciiLetterOrDigit) >= 6 && VatNumber.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.'),
            "records.bad-vat-number", "vatNumber", $"'{VatNumber}' is not a VAT number: letters and digits, for example GB 123 4567 89.")
        .That(TaxTreatment != "reverse-charge" || !string.IsNullOrWhiteSpace(VatNumber), "records.missing", "vatNumber", "Under the reverse charge an invoice must name the customer's VAT number.")
        .OneOf("paymentMethod", "The way of paying", PaymentMethod, PaymentMethods)
        .OneOf("delivery", "The way bills are sent", Delivery, Deliveries)
        .Text("invoiceMessage", "The invoice message", InvoiceMessage, 1000, mayHaveLines: true)
        .That(PaymentDays is >= 0 and <= MostPaymentDays, "records.bad-days", "paymentDays", $"The days to pay are {PaymentDays}; write 0 to {MostPaymentDays}.")
        .That(StartedOn.Year is >= 1950 and <= 2200, "records.bad-date", "startedOn", $"{StartedOn:yyyy-MM-dd} can't be the first day as a customer.")
        .Failures;
}
