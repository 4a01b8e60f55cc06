using System.Text.Json;
using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>Reads the tariff document (docs/tariffs.md, docs/tariff.schema.json) and refuses it with everything that is wrong in it.</summary>
public static class TariffReader
{
    /// <summary>The format version this program reads and writes.</summary>
    public const int FormatVersion = 1;

    internal const int LongestIntervalSeconds = 86_400;

    internal static readonly string[] documentMembers =
    [
        "$schema", "formatVersion", "name", "description", "currency", "timeZone", "rounding", "bandPricing", "preferChargeCode",
        "timeBands", "holidays", "costMarkup", "costRules", "accessCharge", "data", "consumers", "basedOn", "without", "resolvedFrom", "defaults", "rates",
    ];

    internal static JsonDocumentOptions Options { get; } = new() { MaxDepth = 16 };

    /// <summary>Reads a document from text.</summary>
    public static TariffReading Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(() => JsonDocument.Parse(json, Options));
    }

    /// <summary>Reads a document from a stream of UTF-8 to its end.</summary>
    public static TariffReading Read(Stream utf8Json)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        return Read(() => JsonDocument.Parse(utf8Json, Options));
    }

    private static TariffReading Read(Func<JsonDocument> parse)
    {
        var errors = new TariffErrors();
        try
        {
            using var document = parse();
            var tariff = Read(document.RootElement, errors);
            return tariff is null || errors.Any ? TariffReading.Refused(errors) : TariffReading.Of(tariff);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Well-formed JSON whose text is none: half of a surrogate pair, escaped or not.
            errors.Add("tariff.not-json", "$", "Somewhere in the document is text that is not Unicode.");
            return TariffReading.Refused(errors);
        }
        catch (JsonException exception)
        {
            errors.Add("tariff.not-json", $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}",
                "The text is not JSON from here on. Look for a missing comma, quote or bracket just before this place.");
            return TariffReading.Refused(errors);
        }
    }

    private static Tariff? Read(JsonElement root, TariffErrors errors)
    {
        if (!JsonObjectReader.TryOpen(root, "$", -1, "a tariff", documentMembers, errors, out var document)) return null;
        ReadFormatVersion(document);
        if (document.TryGet("basedOn", out _) || document.TryGet("without", out _))
        {
            document.Refuse("tariff.base-unresolved", document.TryGet("basedOn", out _) ? "basedOn" : "without",
                "The document has only what differs from another tariff. It is put together with that one when it is published; the JSON of a published version is whole.");
            return null;
        }
        var name = document.Text("name", isRequired: true);
        var currency = TariffFrameReader.Currency(document);
        var timeZone = TariffFrameReader.TimeZone(document);
        var rounding = TariffFrameReader.Rounding(document, errors);
        var holidays = TariffFrameReader.Holidays(document, errors);
        var bands = TimeBandReader.Read(document, holidays is not null, errors);
        var bandPricing = TariffFrameReader.BandPricing(document, bands.Count);
        var markup = TariffFrameReader.CostMarkup(document, errors);
        var costRules = TariffFrameReader.CostRules(document, errors);
        var accessCharge = TariffFrameReader.AccessCharge(document, errors);
        var data = TariffFrameReader.Data(document, errors);
        var consumers = TariffFrameReader.Consumers(document, errors);
        var resolvedFrom = TariffFrameReader.ResolvedFrom(document, errors);
        var preferChargeCode = document.Flag("preferChargeCode") ?? true;

        var rateReader = new RateReader(bands, errors);
        var defaults = rateReader.ReadDefaults(document);
        // What could not be read is reported already; a rate that needs it should not report it again.
        var frame = new RateFrame(defaults, document.TryGet("accessCharge", out _), document.TryGet("data", out _), consumers);
        var rates = rateReader.ReadRates(document, frame);
        if (rates.Count == 0 && markup is null && !document.TryGet("rates", out _))
            document.Refuse("tariff.missing-member", "rates", "'rates' is missing, and there is no costMarkup either: the tariff prices nothing.");
        if (errors.Any) return null;

        return new Tariff
        {
            Name = name!,
            Description = document.Text("description"),
            Currency = currency!.Value,
            TimeZone = timeZone!,
            Rounding = rounding!,
            BandPricing = bandPricing,
            PreferChargeCode = preferChargeCode,
            TimeBands = bands,
            Holidays = holidays,
            CostMarkup = markup,
            CostRules = costRules,
            AccessCharge = accessCharge,
            Data = data,
            Consumers = consumers,
            ResolvedFrom = resolvedFrom,
            Defaults = defaults,
            Rates = rates,
        };
    }

    private static void ReadFormatVersion(JsonObjectReader document)
    {
        if (!document.TryGet("formatVersion", out var value))
            document.Refuse("tariff.missing-member", "formatVersion", $"'formatVersion' is missing. Write \"formatVersion\": {FormatVersion}.");
        else if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var version) || version != FormatVersion)
            document.Refuse("tariff.other-format-version", "formatVersion", $"This program reads format version {FormatVersion}; the document says {value.GetRawText()}.");
    }
}
