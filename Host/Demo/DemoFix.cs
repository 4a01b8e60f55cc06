using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>What the demo's reseller does about one cause of errors.</summary>
/// <param name="Calls">Lines that leave the error state by it.</param>
/// <param name="Why">What the reseller found out; the reason kept with excluded calls.</param>
abstract record DemoFix(int Calls, string Why)
{
    /// <summary>Enters a trunk or PBX account that was forgotten.</summary>
    /// <param name="Circuit">As the carrier writes it.</param>
    /// <param name="Account">Account number.</param>
    /// <param name="Service">Label of one of its services.</param>
    /// <param name="Valid">The days.</param>
    /// <param name="Calls">As in the base.</param>
    /// <param name="Why">As in the base.</param>
    public sealed record AssignCircuit(string Circuit, string Account, string Service, DateInterval Valid, int Calls, string Why) : DemoFix(Calls, Why);

    /// <summary>Enters numbers that were forgotten.</summary>
    /// <param name="First">First number with country code.</param>
    /// <param name="Last">Last number, included.</param>
    /// <param name="Account">Account number.</param>
    /// <param name="Service">Label of one of its services.</param>
    /// <param name="Valid">The days.</param>
    /// <param name="Calls">As in the base.</param>
    /// <param name="Why">As in the base.</param>
    public sealed record AssignNumbers(ulong First, ulong Last, string Account, string Service, DateInterval Valid, int Calls, string Why) : DemoFix(Calls, Why);

    /// <summary>Gives the tariff a destination it lacks.</summary>
    /// <param name="Prefix">Country code first.</param>
    /// <param name="Destination">As printed.</param>
    /// <param name="PerMinute">In pounds, without VAT.</param>
    /// <param name="Calls">As in the base.</param>
    /// <param name="Why">As in the base.</param>
    public sealed record AddRate(string Prefix, string Destination, decimal PerMinute, int Calls, string Why) : DemoFix(Calls, Why);

    /// <summary>Takes the calls of one cause out of billing.</summary>
    /// <param name="Code">The error's code, as on the errors desk.</param>
    /// <param name="Subject">The error's subject, as there.</param>
    /// <param name="Calls">As in the base.</param>
    /// <param name="Why">As in the base.</param>
    public sealed record Exclude(string Code, string Subject, int Calls, string Why) : DemoFix(Calls, Why);
}
