using Billing.Customers.Accounts;

namespace Billing.Host.Demo;

/// <summary>A customer of the demo reseller, with all it has: a description, stored by <see cref="DemoReseller.StoreAsync"/>.</summary>
/// <param name="Number">The account number.</param>
/// <param name="Name">The customer's name.</param>
/// <param name="Shape">Why it is there.</param>
/// <param name="StartedOn">First day as a customer.</param>
sealed record DemoAccount(string Number, string Name, DemoShape Shape, DateOnly StartedOn)
{
    /// <summary>First day it is no customer any more.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>As in <see cref="Account.TaxTreatment"/>.</summary>
    public string TaxTreatment { get; init; } = "standard";

    /// <summary>As in <see cref="Account.VatNumber"/>.</summary>
    public string? VatNumber { get; init; }

    /// <summary>As in <see cref="Account.PaymentMethod"/>.</summary>
    public string PaymentMethod { get; init; } = "bank-transfer";

    /// <summary>As in <see cref="Account.Delivery"/>.</summary>
    public string Delivery { get; init; } = "email";

    /// <summary>As in <see cref="Account.IsItemised"/>.</summary>
    public bool IsItemised { get; init; } = true;

    /// <summary>As in <see cref="Account.InvoiceMessage"/>.</summary>
    public string? InvoiceMessage { get; init; }

    /// <summary>As in <see cref="Account.PaymentDays"/>.</summary>
    public int PaymentDays { get; init; } = 14;

    /// <summary>Where it is; the first is the billing address.</summary>
    public IReadOnlyList<Site> Sites { get; init; } = [];

    /// <summary>Its people.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>What it has.</summary>
    public IReadOnlyList<DemoService> Services { get; init; } = [];

    /// <summary>What it pays again and again.</summary>
    public IReadOnlyList<DemoSubscription> Subscriptions { get; init; } = [];

    /// <summary>What it pays once.</summary>
    public IReadOnlyList<DemoOneOff> OneOffs { get; init; } = [];

    /// <summary>The account as the customers module takes it.</summary>
    /// <param name="tariffId">What its calls are priced by.</param>
    public NewAccount ToNewAccount(long tariffId) => new(Number, Name, tariffId, StartedOn)
    {
        EndedOn = EndedOn,
        TaxTreatment = TaxTreatment,
        VatNumber = VatNumber,
        PaymentMethod = PaymentMethod,
        Delivery = Delivery,
        IsItemised = IsItemised,
        InvoiceMessage = InvoiceMessage,
        PaymentDays = PaymentDays,
        Sites = Sites,
        Contacts = Contacts,
    };
}
