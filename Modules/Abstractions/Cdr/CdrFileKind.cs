namespace Billing.Abstractions.Cdr;

/// <summary>What a file covers, which decides whether it replaces another.</summary>
public enum CdrFileKind
{
    /// <summary>Nothing says; treated like <see cref="Daily"/>.</summary>
    Unknown,

    /// <summary>New calls since the last file.</summary>
    Daily,

    /// <summary>The whole month again, with corrections: replaces that carrier's daily records of the month that are not billed yet.</summary>
    Monthly,

    /// <summary>Only the differences between the daily files and the month.</summary>
    Reconciliation,

    /// <summary>
    /// No calls but charges for days: rentals, fees, and credits for days that were paid already. Each record is one charge:
    /// <see cref="CallDetailRecord.StartedAt"/> is its first day and <see cref="CallDetailRecord.EndedAt"/> its last one, included (unset: the first alone), of both only the
    /// date counts; <see cref="CallDetailRecord.Cost"/> is the amount of the whole line, negative for a credit; <see cref="CallDetailRecord.ChargeCode"/> the carrier's product,
    /// <see cref="CallDetailRecord.Identity"/> and <see cref="CallDetailRecord.From"/> the service it is for, <see cref="CallDetailRecord.Quantity"/> how many, less than none where they are credited.
    /// </summary>
    Recurring,
}
