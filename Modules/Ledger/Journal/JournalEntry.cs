namespace Billing.Ledger.Journal;

/// <summary>What one document does to the books. Its postings sum to zero, or it can't be made.</summary>
public sealed record JournalEntry
{
    /// <summary>Makes an entry.</summary>
    /// <param name="document">What caused it, for example <c>invoice/INV-000123</c>; entered at most once.</param>
    /// <param name="datedOn">The accounting date.</param>
    /// <param name="postings">At least two, of one currency, none of them zero.</param>
    /// <exception cref="ArgumentException">They do not balance.</exception>
    public JournalEntry(string document, DateOnly datedOn, IReadOnlyList<Posting> postings)
    {
        ArgumentNullException.ThrowIfNull(postings);
        if (postings.Select(p => p.Amount.Currency).Distinct().Count() > 1)
            throw new ArgumentException($"The postings of {document} are in several currencies.", nameof(postings));
        var sum = postings.Sum(posting => posting.Amount.Amount);
        if (sum != 0) throw new ArgumentException($"The postings of {document} sum to {sum}, not zero.", nameof(postings));
        Document = document;
        DatedOn = datedOn;
        Postings = postings;
    }

    /// <summary>What caused it.</summary>
    public string Document { get; }

    /// <summary>The accounting date.</summary>
    public DateOnly DatedOn { get; }

    /// <summary>Debits positive, credits negative.</summary>
    public IReadOnlyList<Posting> Postings { get; }
}
