using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Matching;

/// <summary>
/// Finds who pays for a call and what it costs them: pure, over tables read beforehand. Import and re-rating ask the same object, so a
/// call re-rated under unchanged data comes out as it went in.
/// </summary>
public sealed class CallPricer(Tenant tenant, OwnerIndex owners, TariffShelf tariffs)
{
    // Longer than any code there is; what is longer matches no rate.
    private const int LongestCode = 64;

    /// <summary>Prices one answered call.</summary>
    public PricedCall Price(in CallFacts call)
    {
        return TryFindOwner(call, out var owner, out var error) ? PriceFor(owner, call) : PricedCall.Failed(null, error);
    }

    /// <summary>Prices a call of which it is known who pays.</summary>
    internal PricedCall PriceFor(ServiceOwner owner, in CallFacts call)
    {
        if (tariffs.Find(owner.TariffId) is not { } tariff)
            return PricedCall.Failed(owner, new BillingError("rating.no-tariff", owner.Label, $"Service '{owner.Label}' has no tariff, its account has none, and the tenant has no default."));

        Span<byte> code = stackalloc byte[LongestCode];
        var rateable = ToRate(call, code);
        var charge = tariff.Compiled.Rate(rateable);
        if (!charge.IsRated)
        {
            var failure = RatingErrors.Explain(charge.Error, tariff.Compiled.Tariff, rateable);
            return PricedCall.Failed(owner, new BillingError(failure.Code, SubjectOf(charge.Error, call), failure.Message));
        }

        var rates = tariff.Compiled.Tariff;
        return new PricedCall(
            owner, tariff.TariffId, tariff.Version,
            charge.RateIndex >= 0 ? rates.Rates[charge.RateIndex].Destination : "Carrier's price",
            charge.RateIndex >= 0 && rates.TimeBands.Count > 1 ? rates.TimeBands[charge.BandIndex].Name : null,
            charge.BillableSeconds, charge.Charge, null);
    }

    /// <summary>Every step of a call's price under a tariff: the charge is the one that <see cref="Price"/> comes to with it.</summary>
    internal static CallExplanation Explain(CompiledTariff tariff, in CallFacts call)
    {
        Span<byte> code = stackalloc byte[LongestCode];
        return tariff.Explain(ToRate(call, code));
    }

    private static CallToRate ToRate(in CallFacts call, Span<byte> code)
    {
        var length = call.ChargeCode is not null && Encoding.UTF8.TryGetBytes(call.ChargeCode, code, out var written) ? written : 0;
        return new CallToRate
        {
            StartedAt = call.StartedAt,
            To = DialledOf(call.Called),
            DurationSeconds = call.Seconds,
            ChargeCode = code[..length],
            Cost = call.Cost,
            CostCurrency = call.CostCurrency,
            Kind = call.Kind,
            Quantity = call.Quantity,
        };
    }

    private bool TryFindOwner(in CallFacts call, out ServiceOwner owner, out BillingError error)
    {
        var day = tenant.DayOf(call.StartedAt);
        var isKnown = false;
        // Rule N6: the carrier's identity decides; a presented number can be anything.
        if (call.Circuit is { } circuit)
        {
            if (owners.FindCircuit(circuit, day, out isKnown) is { } found) return Found(found, out owner, out error);
        }
        var party = call.Direction == CallDirection.Out ? call.Caller : call.Called;
        var number = NumberOf(party);
        if (!isKnown && !number.IsUnset && owners.FindNumber(number, day, out isKnown) is { } byNumber) return Found(byNumber, out owner, out error);

        var subject = call.Circuit ?? (string.IsNullOrEmpty(party) ? "withheld" : party);
        owner = null!;
        error = isKnown
            ? new BillingError("usage.not-owned-on-day", subject, $"'{subject}' belongs to a customer, but not on {day:yyyy-MM-dd}. Check when it was added or dropped.")
            : new BillingError("usage.unassigned", subject, $"'{subject}' is assigned to no customer. Assign it to a service from the day of its first call.");
        return false;
    }

    private static bool Found(ServiceOwner found, out ServiceOwner owner, out BillingError error)
    {
        owner = found;
        error = null!;
        return true;
    }

    private static string SubjectOf(RatingError error, in CallFacts call) => error switch
    {
        RatingError.UnknownDestination or RatingError.NoRate or RatingError.NoNumber => call.ChargeCode ?? call.Called ?? "no number",
        RatingError.Currency => call.CostCurrency.ToString(),
        _ => call.Called ?? "",
    };

    internal static E164Number NumberOf(string? text) =>
        text is ['+', .. var digits] && ulong.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value)
            && E164Number.TryCreate(value, out var number) ? number : default;

    internal static DialledNumber DialledOf(string? text)
    {
        if (text is null) return default;
        var number = NumberOf(text);
        if (!number.IsUnset) return number;
        return DialledNumber.TryShortCode(text.AsSpan(), out var shortCode) ? shortCode : default;
    }
}
