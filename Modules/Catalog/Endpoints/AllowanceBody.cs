using System.ComponentModel;
using Billing.Catalog.Allowances;
using Billing.Rating.Allowances;

namespace Billing.Catalog.Endpoints;

/// <summary>An allowance as a program sends it.</summary>
sealed record AllowanceBody(
    [property: Description("Yours, unique.")] string Code,
    [property: Description("As invoices print it.")] string Name,
    [property: Description("Who shares it: service (each has its own), site or account.")] string Pool,
    [property: Description("Minutes of calls. At least one of minutes, messages, megabytes, calls and money; of several the first to be reached ends it.")] long? Minutes = null,
    [property: Description("Text messages.")] long? Messages = null,
    [property: Description("Megabytes of data, of 1,000,000 bytes.")] long? Megabytes = null,
    [property: Description("Calls, however long.")] long? Calls = null,
    [property: Description("Money, without VAT.")] decimal? Money = null,
    [property: Description("voice, sms, data; all where left out.")] IReadOnlyList<string>? Kinds = null,
    [property: Description("Destinations as the tariff names them; a star at the end stands for all that begin so. All where left out.")] IReadOnlyList<string>? Destinations = null,
    [property: Description("Destinations that are not covered, written likewise.")] IReadOnlyList<string>? Except = null,
    [property: Description("What becomes of the call it is too small for: split (the rest is charged), fits-only (all of it is) or last-free (none of it is); split where left out.")] string? Crossing = null,
    [property: Description("True: the seconds a call lasted count. False: those that the tariff bills.")] bool CountsActual = false,
    [property: Description("True: the tariff's connection charge is charged on covered calls.")] bool ChargesConnection = false,
    [property: Description("Only so many minutes of one call are covered.")] int? LongestMinutes = null,
    [property: Description("In the month it begins: prorated by days, or full; prorated where left out.")] string? FirstPeriod = null)
{
    private const long Mega = 1_000_000;

    /// <summary>The allowance; null with what is wrong where a word is none of ours.</summary>
    public Allowance? Make(out string wrong)
    {
        wrong = "";
        var kinds = Kinds ?? [];
        if (AllowanceWords.PoolOf(Pool) is not { } pool) wrong = "'pool' is service, site or account.";
        else if (AllowanceWords.CrossingOf(Crossing ?? "split") is not { } crossing) wrong = "'crossing' is split, fits-only or last-free.";
        else if (kinds.Any(kind => kind is not ("voice" or "sms" or "data"))) wrong = "'kinds' are voice, sms and data.";
        else if (FirstPeriod is not (null or "full" or "prorated")) wrong = "'firstPeriod' is full or prorated.";
        else
            return new Allowance((Name ?? "").Trim(), AllowanceBook.LimitsOf(Minutes * 60, Messages, Megabytes * Mega, Calls, Money),
                new Coverage([.. kinds.Select(AllowanceWords.KindOf)], [.. (Destinations ?? []).Select(name => name.Trim())], [.. (Except ?? []).Select(name => name.Trim())]),
                pool, crossing, CountsActual, ChargesConnection, LongestMinutes * 60, FirstPeriod == "full" ? PartPeriod.Full : PartPeriod.Prorated);
        return null;
    }
}
