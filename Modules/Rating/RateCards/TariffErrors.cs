namespace Billing.Rating.RateCards;

/// <summary>Collects what is wrong; stops listing (never counting) after a thousand, because a wrong column is wrong on every row.</summary>
sealed class TariffErrors
{
    private const int MostListed = 1000;
    private readonly List<TariffError> listed = [];
    private int count;

    public bool Any => count > 0;

    public void Add(string code, string place, string message)
    {
        if (++count <= MostListed) listed.Add(new TariffError(code, place, message));
    }

    public List<TariffError> ToList() => count <= MostListed
        ? listed
        : [.. listed, new TariffError("tariff.more-errors", "$", $"{count - MostListed} more errors are not listed. Correct these first.")];
}
