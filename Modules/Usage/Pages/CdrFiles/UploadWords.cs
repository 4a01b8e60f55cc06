using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Usage.Import;
using Billing.Usage.Uploads;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The words and colours that uploads' states have on screens.</summary>
internal static class UploadWords
{
    /// <summary>What a file can be said to be.</summary>
    public static IReadOnlyList<(string Value, string Label)> Kinds { get; } = [("daily", "Daily: new calls"), ("monthly", "Monthly: the whole month again"), ("reconciliation", "Reconciliation: to compare only"), ("recurring", "Recurring charges: rentals and fees")];

    /// <summary>What was chosen on a form; the month as browsers write it, <c>2026-11</c>.</summary>
    public static Result<FileStatement> Stated(string? kind, string? month)
    {
        if (string.IsNullOrWhiteSpace(month)) return FileStatement.Of(kind, null, null);
        return DateOnly.TryParseExact(month.Trim(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? FileStatement.Of(kind, day, null)
            : new Failure("upload.bad-period", $"'{month.Trim()}' is no month. Write it like 2026-11.");
    }

    public static string State(UploadState state) => state switch
    {
        UploadState.Running => "Being imported",
        UploadState.Done => "In",
        UploadState.RolledBack => "Taken out again",
        _ => state.ToString(),
    };

    public static string Class(UploadState state) => state switch
    {
        UploadState.Done => "badge is-good is-completed",
        UploadState.Running => "badge is-active is-running",
        UploadState.Held => "badge is-warning",
        UploadState.Opened => "badge is-active",
        UploadState.Failed or UploadState.Refused => "badge is-bad is-cancelled",
        _ => "badge",
    };
}
