using Billing.Screens.Charts;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The words and colours that line states have on screens.</summary>
internal static class LineStates
{
    public static FileBalance Sum(IReadOnlyList<FileBalance> files) => new(
        0, "", "", "", "", files.Sum(f => f.Lines), files.Sum(f => f.Skipped), files.Sum(f => f.Billed), files.Sum(f => f.InAllowance), files.Sum(f => f.ZeroRated),
        files.Sum(f => f.Excluded), files.Sum(f => f.Duplicate), files.Sum(f => f.Error), files.Sum(f => f.Held), files.Sum(f => f.Open), files.Sum(f => f.Allocated));

    public static IReadOnlyList<BarPart> Parts(FileBalance balance) =>
    [
        new("billed", "Billed", balance.Billed),
        new("allowance", "In allowance", balance.InAllowance),
        new("zero", "Zero-rated", balance.ZeroRated),
        new("waiting", "Waiting", balance.Held + balance.Open),
        new("allowance", "Allocated charges", balance.Allocated),
        new("excluded", "Excluded", balance.Excluded),
        new("duplicate", "Duplicate", balance.Duplicate),
        new("error", "Error", balance.Error),
        new("skipped", "Headings and trailers", balance.Skipped),
    ];

    public static string NameOf(string state) => state switch
    {
        "open" => "Waiting",
        "covered" => "In allowance",
        "zero-rated" => "Zero-rated",
        _ => char.ToUpperInvariant(state[0]) + state[1..],
    };
}
