using System.Text.Json;

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
        ["prefix", "chargeCode", "shortCode", "destination", "free", "perMinute", .. termMembers, "from", "to"];

    private static readonly string[] intervalMembers = ["first", "next"];

    public RateTerms ReadDefaults(JsonObjectReader document)
    {
        if (!document.TryGet("defaults", out var element)) return RateTerms.Unsaid;
        return JsonObjectReader.TryOpen(element, "$.defaults", -1, "defaults", termMembers, errors, out var reader)
            ? ReadTerms(reader)
            : RateTerms.Unsaid;
    }

    public List<Rate> ReadRates(JsonObjectReader document, RateTerms defaults)
    {
        var elements = document.List("rates");
        var rates = new List<Rate>(elements.Length);
        var positions = new List<int>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (ReadRate(elements[i], i, defaults) is not { } rate) continue;
            rates.Add(rate);
            positions.Add(i);
        }
        RateChecks.CheckAmbiguity(rates, i => $"$.rates[{positions[i]}]", errors);
        return rates;
    }

    private Rate? ReadRate(JsonElement element, int index, RateTerms defaults)
    {
        if (!JsonObjectReader.TryOpen(element, "$.rates", index, "a rate", rateMembers, errors, out var reader)) return null;
        var key = ReadKey(reader);
        var destination = reader.Text("destination", isRequired: true);
        var isFree = reader.Flag("free") ?? false;
        var perMinute = ReadBandPrice(reader, "perMinute", out var isPriceWrong);
        var terms = ReadTerms(reader);
        var (from, to) = (reader.Date("from"), reader.Date("to"));
        if (key is null || destination is null) return null;

        var rate = new Rate
        {
            KeyKind = key.Value.Kind,
            Key = key.Value.Text,
            Destination = destination,
            IsFree = isFree,
            PerMinute = perMinute,
            Terms = terms,
            From = from,
            To = to,
        };
        // A price that could not be read is already reported; "has no price" would be a second error for one mistake.
        if (!isPriceWrong) RateChecks.Check(rate, defaults, reader.At, errors);
        return rate;
    }

    private static (RateKeyKind Kind, string Text)? ReadKey(JsonObjectReader reader)
    {
        (RateKeyKind Kind, string Member, string? Text)[] keys =
        [
            (RateKeyKind.Prefix, "prefix", reader.Text("prefix")),
            (RateKeyKind.ChargeCode, "chargeCode", reader.Text("chargeCode")),
            (RateKeyKind.ShortCode, "shortCode", reader.Text("shortCode")),
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
        if (text is null) return null;                      // not text, and already reported
        if (RateKeyText.WhatIsWrong(kind, text) is not { } wrong) return (kind, text);
        reader.Refuse("tariff.bad-key", member, wrong);
        return null;
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
