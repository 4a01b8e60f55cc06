using Billing.Usage.Matching;

namespace Billing.Usage.CarrierCharges;

/// <summary>One root cause of carriers' charges that nobody is known for.</summary>
/// <param name="Carrier">Whose charges.</param>
/// <param name="Code">What is wrong.</param>
/// <param name="Subject">With what: a number, a circuit, a product, a field.</param>
/// <param name="Currency">Of the amounts; empty for lines that can't be read.</param>
public sealed record ChargeCause(string Carrier, string Code, string Subject, string Currency)
{
    /// <summary>Names the cause in an address without saying a number.</summary>
    public string Key => ErrorCause.KeyOf(Code, $"{Carrier}\n{Subject}\n{Currency}");
}
