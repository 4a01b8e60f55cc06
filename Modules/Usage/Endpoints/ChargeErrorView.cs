using System.ComponentModel;
using Billing.Screens;
using Billing.Usage.CarrierCharges;

namespace Billing.Usage.Endpoints;

/// <summary>A cause of charges that nobody is known for, in the API.</summary>
sealed record ChargeErrorView(
    [property: Description("Names the cause in addresses.")] string Key, string Carrier, string Code, string Subject, string Message, long Lines,
    [property: Description("What the carrier charges with them: at least this much money is at stake.")] decimal Charges, [property: Description("What it gives back with them; zero or negative.")] decimal Credits, string Currency,
    long LinesWithoutAmount, string FirstFile, long FirstFileId, long FirstLine, DateOnly? FirstDay, [property: Description("True where saying whose they are can help.")] bool CanBeAllocated, string Remedy)
{
    public static ChargeErrorView Of(ChargeErrorGroup group, bool isWhole)
    {
        string Shown(string text) => isWhole ? text : MaskedText.Of(text) ?? "";
        return new(group.Cause.Key, group.Cause.Carrier, group.Cause.Code, Shown(group.Cause.Subject), Shown(group.Message), group.Lines, group.Charges, group.Credits, group.Cause.Currency, group.LinesWithoutAmount,
            group.FirstFile, group.FirstFileId, group.FirstLine, group.FirstDay, group.CanBeAllocated, Shown(group.Remedy));
    }
}
