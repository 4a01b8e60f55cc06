using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>The codes and sentences of <see cref="RatingError"/>.</summary>
public static class RatingErrors
{
    /// <summary>The stable code, for example <c>rating.no-rate</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is <see cref="RatingError.None"/>.</exception>
    public static string CodeOf(RatingError error) => error switch
    {
        RatingError.UnknownDestination => "rating.unknown-destination",
        RatingError.NoRate => "rating.no-rate",
        RatingError.NoNumber => "rating.no-number",
        RatingError.NoCost => "rating.no-cost",
        RatingError.Currency => "rating.currency",
        RatingError.BadDuration => "rating.bad-duration",
        RatingError.BadCost => "rating.bad-cost",
        RatingError.BadQuantity => "rating.bad-quantity",
        RatingError.ZeroCost => "rating.zero-cost",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "There is no such error."),
    };

    /// <summary>Code and sentence for a call that failed.</summary>
    public static Failure Explain(RatingError error, Tariff tariff, in CallToRate call)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        var what = Describe(call);
        var message = error switch
        {
            RatingError.UnknownDestination =>
                $"The tariff '{tariff.Name}' knows no rate for {what}. Add one, or a costMarkup.",
            RatingError.NoRate => string.Create(CultureInfo.InvariantCulture,
                $"The tariff '{tariff.Name}' has rates for {what}, but none in force on {StartedOn(tariff, call.StartedAt):yyyy-MM-dd}. Check 'from' and 'to'."),
            RatingError.NoNumber =>
                $"{(call.Kind switch { CdrKind.Sms => "The message", CdrKind.Data => "The data session", _ => "The call" })} has no dialled number, and {(call.ChargeCode.IsEmpty ? "no charge code" : $"its charge code {Code(call)} is not in the tariff '{tariff.Name}'")}.",
            RatingError.NoCost =>
                $"The tariff '{tariff.Name}' prices {what} from the carrier's cost, and the call carries no cost to add the mark-up to.",
            RatingError.Currency =>
                $"The cost is in {call.CostCurrency} and the tariff '{tariff.Name}' in {tariff.Currency}. Convert it at a recorded rate first.",
            RatingError.BadDuration => string.Create(CultureInfo.InvariantCulture,
                $"A duration of {call.DurationSeconds} s can't be: it is more than a year, or negative without being a reversal."),
            RatingError.BadCost => string.Create(CultureInfo.InvariantCulture, $"A cost of {call.Cost} for one call can't be."),
            RatingError.BadQuantity => string.Create(CultureInfo.InvariantCulture, $"A quantity of {call.Quantity} can't be: messages and bytes are 0 or more."),
            RatingError.ZeroCost =>
                $"The tariff '{tariff.Name}' prices {what} from the carrier's cost, and that is zero. Ask the carrier, write a price of its own, or say in costRules that such calls are free.",
            _ => "",
        };
        return new Failure(CodeOf(error), message);
    }

    private static DateTime StartedOn(Tariff tariff, DateTimeOffset startedAt) => TimeZoneInfo.ConvertTime(startedAt, tariff.TimeZone).Date;

    private static string Describe(in CallToRate call) => call.Kind switch
    {
        CdrKind.Sms => "messages to ",
        CdrKind.Data => "data of ",
        _ => "",
    } + ((call.To.IsUnset, call.ChargeCode.IsEmpty) switch
    {
        (false, true) => call.To.ToString(),
        (true, false) => $"charge code {Code(call)}",
        (false, false) => $"{call.To} or charge code {Code(call)}",
        _ => call.Kind switch { CdrKind.Sms => "no number", CdrKind.Data => "a session without a charge code", _ => "a call without a number" },
    });

    private static string Code(in CallToRate call) => Encoding.UTF8.GetString(call.ChargeCode);
}
