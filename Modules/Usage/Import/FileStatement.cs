using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Import;

/// <summary>What a person says of a file before it is imported. It counts more than what name and format say.</summary>
/// <param name="Kind">Daily, monthly, reconciliation or recurring; <see cref="CdrFileKind.Unknown"/> leaves it to the file.</param>
/// <param name="Period">The days it covers; null leaves them to the file.</param>
public sealed record FileStatement(CdrFileKind Kind, DateInterval? Period)
{
    /// <summary>Nobody said anything.</summary>
    public static FileStatement None { get; } = new(CdrFileKind.Unknown, null);

    /// <summary>How it is stored; null where nobody said anything.</summary>
    internal string? StoredKind => Kind == CdrFileKind.Unknown ? null : Kind.ToString().ToLowerInvariant();

    /// <summary>What was chosen on a form or said by a program.</summary>
    /// <param name="kind"><c>daily</c>, <c>monthly</c>, <c>reconciliation</c>, <c>recurring</c>; null or empty leaves it to the file.</param>
    /// <param name="from">First day the file covers, or null.</param>
    /// <param name="to">Last day it covers, included; null with a first day for the calendar month of that day.</param>
    /// <returns><c>upload.bad-kind</c> or <c>upload.bad-period</c> where it can't be.</returns>
    public static Result<FileStatement> Of(string? kind, DateOnly? from, DateOnly? to)
    {
        var stated = CdrFileKind.Unknown;
        if (!string.IsNullOrEmpty(kind) && !(Enum.TryParse(kind, ignoreCase: true, out stated) && stated is CdrFileKind.Daily or CdrFileKind.Monthly or CdrFileKind.Reconciliation or CdrFileKind.Recurring && !char.IsDigit(kind[0])))
            return new Failure("upload.bad-kind", $"'{kind}' is no kind of CDR file. There are: daily, monthly, reconciliation, recurring.");
        if (from is null && to is not null || to < from || to == DateOnly.MaxValue) return new Failure("upload.bad-period", "The period needs a first day, and its last day can't be before that.");
        if (from is not { } first) return new FileStatement(stated, null);
        var month = new DateOnly(first.Year, first.Month, 1);
        return new FileStatement(stated, to is { } last ? new DateInterval(first, last.AddDays(1)) : new DateInterval(month, month.AddMonths(1)));
    }

    internal static FileStatement Read(string? kind, DateOnly? from, DateOnly? to) =>
        kind is null && from is null ? None : new(kind is null ? CdrFileKind.Unknown : Enum.Parse<CdrFileKind>(kind, ignoreCase: true), from is { } first ? new DateInterval(first, to) : null);

    /// <summary>The file's own facts with this said over them.</summary>
    internal CdrFileFacts Over(CdrFileFacts facts) => facts with { Kind = Kind == CdrFileKind.Unknown ? facts.Kind : Kind, Period = Period ?? facts.Period };
}
