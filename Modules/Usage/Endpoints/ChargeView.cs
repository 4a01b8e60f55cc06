using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.CarrierCharges;

namespace Billing.Usage.Endpoints;

/// <summary>A line of a carrier's recurring charges in the API. Numbers are shown whole to those who may mend, and by their last four digits to others, as on the page.</summary>
sealed record ChargeView(
    long FileId, string FileName, long Line, string Carrier, [property: Description("allocated, unallocated, excluded, duplicate or bad.")] string State,
    [property: Description("First day it is for.")] DateOnly? FirstDay, [property: Description("Last day it is for, included.")] DateOnly? LastDay,
    [property: Description("The service: a number or a circuit; null where the line names none.")] string? Service, string? Product, string? Description, long? Quantity,
    [property: Description("Of the whole line, without VAT; negative for a credit.")] decimal? Amount, string? Currency, long? AccountId, string? AccountNumber, long? ServiceId,
    [property: Description("'by rule' or 'by hand'; null where it is not allocated.")] string? AllocatedBy, long? RulingId, string? ErrorCode, string? ErrorMessage, long? DuplicateOfFile, long? DuplicateOfLine, string Raw)
{
    public static ChargeView Of(CarrierCharge line, bool isWhole)
    {
        string? Shown(string? text) => isWhole ? text : MaskedText.Of(text);
        var isWrong = line.State is ChargeState.Unallocated or ChargeState.Bad;
        return new(line.FileId, line.FileName, line.Line, line.Carrier, line.State, line.Period?.From, line.Period?.To?.AddDays(-1), Shown(line.Subject), line.Code, line.Description, line.Quantity, line.Amount, line.Currency,
            line.AccountId, line.AccountNumber, line.ServiceId, line.AllocatedBy, line.RulingId, isWrong ? line.ErrorCode : null, isWrong ? Shown(line.ErrorMessage) : null, line.DuplicateOfFile, line.DuplicateOfLine, Shown(line.Raw) ?? "");
    }
}
