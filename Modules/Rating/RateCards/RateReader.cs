using System.Text.Json;
using Billing.Abstractions.Cdr;

namespace Billing.Rating.RateCards;

/// <summary>Reads the rates of a document and the defaults they share.</summary>
sealed class RateReader(IReadOnlyList<TimeBand> bands, TariffErrors errors)
{
    internal static readonly string[] termMembers =
    [
        "connection", "perCall", "interval", "freeSeconds", "minimumSeconds", "minimum", "minimumIncludesConnection", "maximum",
        "maximumIncludesConnection",
    ];

    internal static readonly string[] rateMembers =
    [
        "kind", "prefix", "chargeCode", "shortCode", "any", "destination", "free", "perMinute", "perMessage", "perMegabyte", "serviceCharge", "costPlusPercent", "stages",
        .. termMembers, "from", "to",
    ];

    private static readonly string[] intervalMembers = ["first", "next"];
    private static readonly string[] stageMembers = ["after", "perMinute", "interval"];

    public RateTerms ReadDefaults(JsonObjectReader document)
    {
        if (!document.TryGet("defaults", out var element)) return RateTerms.Unsaid;
        return JsonObjectReader.TryOpen(element, "$.defaults", -1, "defaults", termMembers, errors, out var reader)
            ? ReadTerms(reader)
            : RateTerms.Unsaid;
    }

    public List<Rate> ReadRates(JsonObjectReader document, RateFrame frame)
    {
        var elements = document.List("rates");
        var rates = new List<Rate>(elements.Length);
        var positions = new List<int>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (ReadRate(elements[i], i, frame) is not { } rate) continue;
            rates.Add(rate);
            positions.Add(i);
        }
        RateChecks.CheckAmbiguity(rates, PlaceOf, errors);
        if (frame.Consumers is not null) ConsumerChecks.CheckFreeNumbers(rates, PlaceOf, errors);
        return rates;

        string PlaceOf(int rate) => $"$.rates[{positions[rate]}]";
    }

    private Rate? ReadRate(JsonElement element, int index, RateFrame frame)
    {
        if (!JsonObjectReader.TryOpen(element, "$.rates", index, "a rate", rateMembers, errors, out var reader)) return null;
        var key = ReadKey(reader);
        var destination = reader.Text("destination", isRequired: true);
        var isFree = reader.Flag("free") ?? false;
        var kind = ReadKind(reader);
        var perMinute = ReadBandPrice(reader, "perMinute", out var isMinuteWrong);
        var perMessage = ReadBandPrice(reader, "perMessage", out var isMessageWrong);
        var perMegabyte = ReadBandPrice(reader, "perMegabyte", out var isMegabyteWrong);
        var stages = ReadStages(reader);
        var range = ReadServiceRange(reader, out var isRangeWrong);
        var costPlus = ReadPercent(reader, out var isPercentWrong);
        var isWrong = isMinuteWrong || isMessageWrong || isMegabyteWrong || isRangeWrong || isPercentWrong || stages is null || kind is null;
        var terms = ReadTerms(reader);
        var (from, to) = (reader.Date("from"), reader.Date("to"));
        if (key is null || destination is null) return null;

        var rate = new Rate
        {
            Kind = kind ?? CdrKind.Voice,
            KeyKind = key.Value.Kind,
            Key = key.Value.Text,
            Destination = destination,
            IsFree = isFree,
            PerMinute = perMinute,
            PerMessage = perMessage,
            PerMegabyte = perMegabyte,
            Stages = stages ?? [],
            ServiceRange = range,
            CostPlusPercent = costPlus,
            Terms = terms,
            From = from,
            To = to,
        };
        // A price that could not be read is already reported; "has no price" would be a second error for one mistake.
        if (!isWrong) RateChecks.Check(rate, frame, reader.At, errors);
        return rate;
    }

    private static (RateKeyKind Kind, string Text)? ReadKey(JsonObjectReader reader)
    {
        (RateKeyKind Kind, string Member, string? Text)[] keys =
        [
            (RateKeyKind.Prefix, "prefix", reader.Text("prefix")),
            (RateKeyKind.ChargeCode, "chargeCode", reader.Text("chargeCode")),
            (RateKeyKind.ShortCode, "shortCode", reader.Text("shortCode")),
            (RateKeyKind.Any, "any", reader.Flag("any") is true ? "" : null),
        ];
        var said = keys.Where(key => reader.TryGet(key.Member, out _)).ToList();
        if (said.Count != 1)
        {
            reader.Refuse("tariff.bad-key", "prefix", said.Count == 0
                ? "The rate says nothing that it is found by. Write prefix, chargeCode or shortCode."
                : $"The rate has {string.Join(" and ", said.Select(key => key.Member))}. A rate is found by one of them: write two rates.");
            return null;
        }

        var (kind, member, text) = said[0];
        if (kind == RateKeyKind.Any && text is null && reader.Flag("any") is false)
            reader.Refuse("tariff.bad-key", "any", "'any' is false, so the rate says nothing that it is found by. Write true, or prefix, chargeCode or shortCode.");
        if (text is null) return null;                      // not what it must be, and already reported
        if (RateKeyText.WhatIsWrong(kind, text) is not { } wrong) return (kind, text);
        reader.Refuse("tariff.bad-key", member, wrong);
        return null;
    }

    private static CdrKind? ReadKind(JsonObjectReader reader)
    {
        switch (reader.Text("kind"))
        {
            case null: return reader.TryGet("kind", out _) ? null : CdrKind.Voice;
            case "voice": return CdrKind.Voice;
            case "sms": return CdrKind.Sms;
            case "data": return CdrKind.Data;
            case var other:
                reader.Refuse("tariff.unknown-word", "kind", $"'{other}' is not one of: voice, sms, data.");
                return null;
        }
    }

    private static string? ReadServiceRange(JsonObjectReader reader, out bool isWrong)
    {
        var range = reader.Text("serviceCharge");
        isWrong = range is null ? reader.TryGet("serviceCharge", out _) : !ServiceRanges.IsKnown(range);
        if (range is not null && isWrong) reader.Refuse("tariff.unknown-word", "serviceCharge", $"'{range}' is not a range with service charges: {ServiceRanges.Names}.");
        return range;
    }

    private static decimal? ReadPercent(JsonObjectReader reader, out bool isWrong)
    {
        var percent = reader.Price("costPlusPercent");
        isWrong = percent is null ? reader.TryGet("costPlusPercent", out _) : percent > CostMarkup.HighestPercent;
        if (percent is not null && isWrong) reader.Refuse("tariff.bad-percent", "costPlusPercent", $"{percent} % is more than {CostMarkup.HighestPercent} %: is it a typing error?");
        return percent;
    }

    /// <summary>Null when there is something wrong with one of them.</summary>
    private List<RateStage>? ReadStages(JsonObjectReader reader)
    {
        if (!reader.TryGet("stages", out _)) return [];
        var stages = new List<RateStage>();
        var elements = reader.List("stages");
        if (elements.Length == 0) return null;
        for (var i = 0; i < elements.Length; i++)
        {
            if (!JsonObjectReader.TryOpen(elements[i], reader.At("stages"), i, "a stage of a rate", stageMembers, errors, out var stage)) continue;
            foreach (var member in stageMembers)
                if (!stage.TryGet(member, out _))
                    stage.Refuse("tariff.missing-member", member, $"'{member}' is missing. A stage is {{ \"after\": 60, \"perMinute\": \"0.05\", \"interval\": {{ \"first\": 1, \"next\": 1 }} }}.");
            var after = stage.Seconds("after", 1, TariffReader.LongestIntervalSeconds);
            var price = ReadBandPrice(stage, "perMinute", out _);
            var (first, next) = ReadInterval(stage);
            if (after is { } seconds && price is not null && first is { } f && next is { } n) stages.Add(new RateStage(seconds, price, f, n));
        }
        return stages.Count == elements.Length ? stages : null;
    }

    private RateTerms ReadTerms(JsonObjectReader reader)
    {
        var (first, next) = ReadInterval(reader);
        var terms = new RateTerms
        {
            Connection = ReadBandPrice(reader, "connection", out _),
            PerCall = ReadBandPrice(reader, "perCall", out _),
            FirstSeconds = first,
            NextSeconds = next,
            FreeSeconds = reader.Seconds("freeSeconds", 0, TariffReader.LongestIntervalSeconds),
            MinimumSeconds = reader.Seconds("minimumSeconds", 0, TariffReader.LongestIntervalSeconds),
            Minimum = reader.Price("minimum"),
            MinimumIncludesConnection = reader.Flag("minimumIncludesConnection"),
            Maximum = reader.Price("maximum"),
            MaximumIncludesConnection = reader.Flag("maximumIncludesConnection"),
        };
        return terms == RateTerms.Unsaid ? RateTerms.Unsaid : terms;
    }

    private (int? First, int? Next) ReadInterval(JsonObjectReader reader)
    {
        if (!reader.TryGet("interval", out var element)) return default;
        if (!JsonObjectReader.TryOpen(element, reader.At("interval"), -1, "an interval", intervalMembers, errors, out var interval)) return default;
        foreach (var member in intervalMembers)
            if (!interval.TryGet(member, out _))
                interval.Refuse("tariff.missing-member", member, $"'{member}' is missing. An interval has both: {{ \"first\": 60, \"next\": 1 }}.");
        return (interval.Seconds("first", 1, TariffReader.LongestIntervalSeconds), interval.Seconds("next", 1, TariffReader.LongestIntervalSeconds));
    }

    private BandPrice? ReadBandPrice(JsonObjectReader reader, string member, out bool isWrong)
    {
        isWrong = false;
        if (!reader.TryGet(member, out var element)) return null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            var flat = reader.PriceOf(element, reader.At(member));
            isWrong = flat is null;
            return flat is { } price ? BandPrice.Flat(price) : null;
        }

        var prices = new decimal?[bands.Count];
        foreach (var band in element.EnumerateObject())
        {
            var position = PositionOf(band.Name);
            var place = $"{reader.At(member)}.{band.Name}";
            if (position < 0)
            {
                errors.Add("tariff.unknown-band", place, $"'{band.Name}' is not a time band. The tariff's are: {string.Join(", ", bands.Select(b => b.Name))}.");
                isWrong = true;
            }
            else if (prices[position] is not null)
            {
                errors.Add("tariff.duplicate-member", place, $"'{band.Name}' is there twice. Remove one.");
                isWrong = true;
            }
            else if (reader.PriceOf(band.Value, place) is { } price) prices[position] = price;
            else isWrong = true;
        }
        if (isWrong) return null;

        var missing = bands.Where((_, position) => prices[position] is null).Select(band => band.Name).ToList();
        if (missing.Count == 0) return BandPrice.PerBand([.. prices.Select(price => price!.Value)]);
        isWrong = true;
        reader.Refuse("tariff.missing-band-price", member, $"There is no price for: {string.Join(", ", missing)}. Name every band, or write one price for all.");
        return null;
    }

    private int PositionOf(string name)
    {
        for (var i = 0; i < bands.Count; i++)
            if (string.Equals(bands[i].Name, name, StringComparison.Ordinal)) return i;
        return -1;
    }
}
