using Billing.Onboarding.Imports;
using Billing.Onboarding.Rows;

namespace Billing.Onboarding.Pages.Start;

/// <summary>The form of a mapping and of how values are read.</summary>
internal sealed record MappingInput
{
    public List<string?> Columns { get; init; } = [];

    public DateOrder DateOrder { get; init; }

    public bool IsPence { get; init; }

    public bool HasDecimalComma { get; init; }

    public string? TariffCode { get; init; }

    public string? TariffName { get; init; }

    public bool IsAddition { get; init; }

    public string? RoundingMode { get; init; }

    public string? RoundingUnit { get; init; }

    public int? FirstSeconds { get; init; }

    public int? NextSeconds { get; init; }

    public int Version { get; init; }

    public static MappingInput Of(StoredImport import) => new()
    {
        Columns = [.. import.Columns],
        DateOrder = import.Settings.DateOrder,
        IsPence = import.Settings.IsPence,
        HasDecimalComma = import.Settings.HasDecimalComma,
        TariffCode = import.Settings.TariffCode,
        TariffName = import.Settings.TariffName,
        IsAddition = import.Settings.IsAddition,
        RoundingMode = import.Settings.RoundingMode,
        RoundingUnit = import.Settings.RoundingUnit,
        FirstSeconds = import.Settings.FirstSeconds,
        NextSeconds = import.Settings.NextSeconds,
        Version = import.Version,
    };

    public ImportSettings ToSettings() => new()
    {
        DateOrder = DateOrder,
        IsPence = IsPence,
        HasDecimalComma = HasDecimalComma,
        TariffCode = string.IsNullOrWhiteSpace(TariffCode) ? null : TariffCode.Trim(),
        TariffName = string.IsNullOrWhiteSpace(TariffName) ? null : TariffName.Trim(),
        IsAddition = IsAddition,
        RoundingMode = RoundingMode ?? "up",
        RoundingUnit = RoundingUnit ?? "0.0001",
        FirstSeconds = FirstSeconds ?? 1,
        NextSeconds = NextSeconds ?? 1,
    };
}
