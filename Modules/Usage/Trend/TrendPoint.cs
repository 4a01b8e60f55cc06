namespace Billing.Usage.Trend;

/// <summary>Lines and errors of a month, a day, a run or a file.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Lines">Lines that came, in whatever state they are now.</param>
/// <param name="Arisen">Lines that became an error, by cause, also those that were mended since.</param>
/// <param name="Open">Lines that are errors now.</param>
public sealed record TrendPoint(string Label, long Lines, IReadOnlyDictionary<string, long> Arisen, long Open)
{
    /// <summary>Lines that became an error.</summary>
    public long Errors => Arisen.Values.Sum();

    /// <summary>Errors for each thousand lines, rounded half up to a hundredth; zero where no line came.</summary>
    public decimal PerThousand => Rate(Errors, Lines);

    /// <summary>The same of one cause.</summary>
    public decimal PerThousandOf(string code) => Rate(Arisen.GetValueOrDefault(code), Lines);

    private static decimal Rate(long errors, long lines) => lines == 0 ? 0 : decimal.Round(errors * 1000m / lines, 2, MidpointRounding.AwayFromZero);
}
