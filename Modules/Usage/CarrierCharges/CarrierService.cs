namespace Billing.Usage.CarrierCharges;

/// <summary>What a carrier charges for, as its file names it.</summary>
/// <param name="Carrier">Who charges.</param>
/// <param name="Identity">A circuit, or a number as the carrier writes it; null where the line names none.</param>
/// <param name="Number">The number in it, <c>+44…</c>; null where there is none.</param>
/// <param name="Code">The carrier's product; null where the line has none.</param>
/// <param name="Subject">Of identity and number, what a person knows the service by; null where the line names no service.</param>
public sealed record CarrierService(string Carrier, string? Identity, string? Number, string? Code, string? Subject)
{
    /// <summary>What a ruling about this would be about.</summary>
    internal (string Kind, string Subject) RuledBy => Subject is { } service ? (RulingSubject.Service, service) : (RulingSubject.Product, Code ?? "");

    /// <summary>
    /// Of the two, the subject: the number where the line's one name of the service is a number, else the name. It does not depend on who owns what, so that a
    /// cause and what was ruled about it stay the same.
    /// </summary>
    /// <param name="carrier">Who charges.</param>
    /// <param name="identity">The circuit or account of the line, or null.</param>
    /// <param name="party">The number of the line as the carrier writes it, or null.</param>
    /// <param name="number">The same normalised, or null where it is none.</param>
    /// <param name="code">The carrier's product, or null.</param>
    internal static CarrierService Of(string carrier, string? identity, string? party, string? number, string? code)
    {
        var name = identity ?? party;
        return new CarrierService(carrier, name, number, code, number is not null && (identity is null || identity == party) ? number : name);
    }
}
