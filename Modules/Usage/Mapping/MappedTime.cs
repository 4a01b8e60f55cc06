namespace Billing.Usage.Mapping;

/// <summary>A date and time, in one column or in two.</summary>
public sealed record MappedTime
{
    /// <summary>The column with date and time, or with the date.</summary>
    public MappedColumn Column { get; init; }

    /// <summary>How the column is written (<see cref="Billing.Abstractions.Cdr.CdrTimePattern"/>), for example <c>dd/MM/yyyy HH:mm:ss</c>; <c>unix</c> for seconds since 1970.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>The column with the time of day, where it has one of its own; its parts are separated by colons or dots, or it is four or six digits.</summary>
    public MappedColumn? TimeColumn { get; init; }
}
