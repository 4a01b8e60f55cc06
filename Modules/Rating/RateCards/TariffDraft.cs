namespace Billing.Rating.RateCards;

/// <summary>A version that waits to be published.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Seen">The latest version it was compared with.</param>
/// <param name="Rates">Rates it would have.</param>
/// <param name="Added">Rates it has and that version has not.</param>
/// <param name="Changed">Rates both have and say differently.</param>
/// <param name="Removed">Rates that version has and it has not.</param>
/// <param name="Frame">What it changes besides rates, in words.</param>
/// <param name="MadeAt">When it was sent in.</param>
/// <param name="MadeBy">By whom.</param>
public sealed record TariffDraft(long Id, int Seen, int Rates, int Added, int Changed, int Removed, IReadOnlyList<string> Frame, DateTimeOffset MadeAt, string MadeBy);
