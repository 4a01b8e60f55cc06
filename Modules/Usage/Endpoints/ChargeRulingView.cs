using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.CarrierCharges;

namespace Billing.Usage.Endpoints;

/// <summary>What somebody decided about carriers' charges, in the API.</summary>
sealed record ChargeRulingView(
    long Id, string Carrier, [property: Description("service, product, or lines: those that are there, and no others.")] string About, string Subject, string Code,
    [property: Description("Whose they are; null where they are excluded.")] long? AccountId, long? ServiceId, [property: Description("Lines whose first day is this one or later; null for lines.")] DateOnly? From, string Why, string By,
    DateTimeOffset At, long Lines, decimal Amount)
{
    public static ChargeRulingView Of(ChargeRuling one, bool isWhole) => new(one.Ruling.Id, one.Ruling.Carrier, one.Ruling.SubjectKind, isWhole ? one.Ruling.Subject : MaskedText.Of(one.Ruling.Subject) ?? "", one.Ruling.Code,
        one.Ruling.AccountId, one.Ruling.ServiceId, one.Ruling.FromOn, one.Ruling.Why, one.Ruling.By, one.Ruling.At, one.Lines, one.Amount);
}
