namespace Billing.Usage.CarrierCharges;

/// <summary>What a ruling is about.</summary>
internal static class RulingSubject
{
    /// <summary>A service of a carrier: a number or a circuit.</summary>
    public const string Service = "service";

    /// <summary>A product of a carrier, on lines that name no service.</summary>
    public const string Product = "product";

    /// <summary>The lines that name it, and no others.</summary>
    public const string Lines = "lines";
}
