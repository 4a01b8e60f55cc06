using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Allowances;

namespace Billing.Catalog.Allowances;

/// <summary>Allowances in words: of storage, programs and people.</summary>
public static class AllowanceWords
{
    private const decimal Mega = 1_000_000m;

    /// <summary>How a pool is written.</summary>
    public static string Of(AllowancePool pool) => pool switch { AllowancePool.Service => "service", AllowancePool.Site => "site", _ => "account" };

    /// <summary>The pool of a word; null for another word.</summary>
    public static AllowancePool? PoolOf(string? word) => word switch { "service" => AllowancePool.Service, "site" => AllowancePool.Site, "account" => AllowancePool.Account, _ => null };

    /// <summary>How a crossing policy is written.</summary>
    public static string Of(CrossingPolicy crossing) => crossing switch { CrossingPolicy.Split => "split", CrossingPolicy.FitsOnly => "fits-only", _ => "last-free" };

    /// <summary>The policy of a word; null for another word.</summary>
    public static CrossingPolicy? CrossingOf(string? word) => word switch { "split" => CrossingPolicy.Split, "fits-only" => CrossingPolicy.FitsOnly, "last-free" => CrossingPolicy.LastFree, _ => null };

    /// <summary>How a kind of usage is written.</summary>
    public static string Of(CdrKind kind) => kind switch { CdrKind.Voice => "voice", CdrKind.Sms => "sms", _ => "data" };

    /// <summary>The kind of a word.</summary>
    public static CdrKind KindOf(string word) => word switch { "voice" => CdrKind.Voice, "sms" => CdrKind.Sms, _ => CdrKind.Data };

    /// <summary>An amount of one measure for people: <c>98:30 minutes</c>, <c>3 messages</c>, <c>1.5 GB</c>, <c>2.50 GBP</c>.</summary>
    public static string Show(AllowanceMeasure measure, decimal amount, Currency currency)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (measure)
        {
            case AllowanceMeasure.Seconds:
                var (minutes, seconds) = (decimal.Truncate(amount / 60), Math.Abs(amount % 60));
                return seconds == 0 ? string.Create(culture, $"{minutes:#,##0} min") : string.Create(culture, $"{minutes:#,##0}:{seconds:00} min");
            case AllowanceMeasure.Messages:
                return string.Create(culture, $"{amount:#,##0} {(amount == 1 ? "message" : "messages")}");
            case AllowanceMeasure.Calls:
                return string.Create(culture, $"{amount:#,##0} {(amount == 1 ? "call" : "calls")}");
            case AllowanceMeasure.Bytes:
                return Math.Abs(amount) >= 1000 * Mega ? string.Create(culture, $"{amount / (1000 * Mega):#,##0.###} GB") : string.Create(culture, $"{amount / Mega:#,##0.###} MB");
            default:
                return string.Create(culture, $"{amount:#,##0.00####} {currency.Code}");
        }
    }

    /// <summary>All that an allowance holds in a whole period: <c>500 min or 50.00 GBP</c>.</summary>
    public static string Show(Allowance allowance, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(allowance);
        return string.Join(" or ", allowance.Limits.Select(limit => Show(limit.Measure, limit.Size, currency)));
    }
}
