namespace Billing.Usage.CarrierCharges;

/// <summary>A product of a carrier, and what it is sold on as.</summary>
/// <param name="Carrier">Whose.</param>
/// <param name="Code">As the carrier's files name it.</param>
/// <param name="Description">The carrier's words for it, from the latest line; empty where no file has it.</param>
/// <param name="Lines">Lines that have it.</param>
/// <param name="ProductId">Ours; null where nobody has said it.</param>
/// <param name="ProductCode">Its code.</param>
/// <param name="ProductName">Its name.</param>
/// <param name="ListPrice">What it costs on our price list, a month.</param>
/// <param name="SuggestedPrice">For how much one of it should be sold a month, where that is not the list price.</param>
/// <param name="Version">Grows with each change; 0 where nothing is said of it.</param>
public sealed record CarrierProduct(
    string Carrier, string Code, string Description, long Lines, long? ProductId, string? ProductCode, string? ProductName, decimal? ListPrice, decimal? SuggestedPrice, int Version)
{
    /// <summary>What one of it should be sold for a month; null where nobody knows.</summary>
    public decimal? SuggestedRetail => SuggestedPrice ?? ListPrice;
}
