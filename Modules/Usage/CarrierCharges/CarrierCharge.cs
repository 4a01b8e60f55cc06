using Billing.Abstractions.Values;

namespace Billing.Usage.CarrierCharges;

/// <summary>One line of a carrier's recurring charges. What a line that can't be read does not say is null.</summary>
/// <param name="FileId">The file it stands in.</param>
/// <param name="FileName">Its name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Carrier">Who charges.</param>
/// <param name="State">One of <see cref="ChargeState"/>.</param>
/// <param name="Period">The days it is for.</param>
/// <param name="Subject">The service: a number or circuit; null where the line names none.</param>
/// <param name="Code">The carrier's product.</param>
/// <param name="Description">The carrier's words for it.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Amount">What the carrier charges for the whole line, without VAT; negative for a credit.</param>
/// <param name="Currency">Of the amount.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="AccountNumber">That account's number.</param>
/// <param name="AccountName">And name.</param>
/// <param name="ServiceId">For which service; null for the account as a whole.</param>
/// <param name="ServiceLabel">What the customer calls it.</param>
/// <param name="RulingId">The decision behind its state; null where it goes by owner.</param>
/// <param name="RuledBy">Who decided.</param>
/// <param name="Why">The reason that was given.</param>
/// <param name="ErrorCode">What is wrong.</param>
/// <param name="ErrorMessage">In a sentence.</param>
/// <param name="DuplicateOfFile">The file in which the same line stands.</param>
/// <param name="DuplicateOfLine">On which line.</param>
/// <param name="Raw">The line as it came.</param>
public sealed record CarrierCharge(
    long FileId, string FileName, long Line, string Carrier, string State, DateInterval? Period, string? Subject, string? Code, string? Description, long? Quantity, decimal? Amount, string? Currency,
    long? AccountId, string? AccountNumber, string? AccountName, long? ServiceId, string? ServiceLabel, long? RulingId, string? RuledBy, string? Why,
    string? ErrorCode, string? ErrorMessage, long? DuplicateOfFile, long? DuplicateOfLine, string Raw)
{
    /// <summary>How it came to whom it belongs: <c>by rule</c> or <c>by hand</c>; null where it is not allocated.</summary>
    public string? AllocatedBy => State != ChargeState.Allocated ? null : RulingId is null ? "by rule" : "by hand";
}
