namespace Billing.Usage.Mapping;

/// <summary>A carrier that a tenant has described.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">The id of its format, as files have it.</param>
/// <param name="Name">For people.</param>
/// <param name="Carrier">Whose files they are.</param>
/// <param name="Document">The description as it was written.</param>
/// <param name="Version">Grows with each change.</param>
public sealed record DescribedCarrier(long Id, string Code, string Name, string Carrier, string Document, int Version);
