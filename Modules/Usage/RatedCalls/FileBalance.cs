namespace Billing.Usage.RatedCalls;

/// <summary>Where the lines of one file went. They balance when nothing is missing: lines = skipped + the sum of the states.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Carrier">Who sent it.</param>
/// <param name="Format">What read it.</param>
/// <param name="Kind">Daily, monthly, ...</param>
/// <param name="Lines">Lines in.</param>
/// <param name="Skipped">Headings, trailers, blank lines, comments.</param>
/// <param name="Billed">On an invoice.</param>
/// <param name="InAllowance">Covered by an allowance.</param>
/// <param name="ZeroRated">Free or unanswered.</param>
/// <param name="Excluded">Taken out by somebody, with a reason.</param>
/// <param name="Duplicate">Came before, or again in a monthly file.</param>
/// <param name="Error">Can't be billed yet.</param>
/// <param name="Held">Priced, but after the cutoff.</param>
/// <param name="Open">Priced, before the cutoff, not billed yet; zero once the run is completed.</param>
/// <param name="Allocated">Of a file of recurring charges: known whose it is. No call is.</param>
public sealed record FileBalance(
    long FileId, string Name, string Carrier, string Format, string Kind, long Lines, long Skipped,
    long Billed, long InAllowance, long ZeroRated, long Excluded, long Duplicate, long Error, long Held, long Open, long Allocated = 0)
{
    /// <summary>True when every line is accounted for.</summary>
    public bool IsBalanced => Lines == Skipped + Billed + InAllowance + ZeroRated + Excluded + Duplicate + Error + Held + Open + Allocated;
}
