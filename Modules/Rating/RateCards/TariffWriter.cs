using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>Writes the tariff document that <see cref="TariffReader"/> reads: same tariff, one rate a line, so that two versions compare well.</summary>
public static class TariffWriter
{
    // Relaxed: the document is a file, not a web page, and "+" or "é" should look like themselves.
    private static readonly JsonWriterOptions compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole document.</summary>
    public static void Write(Tariff tariff, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\n  \"formatVersion\": ");
        output.Write(TariffReader.FormatVersion);
        Member("name", json => json.WriteStringValue(tariff.Name));
        if (tariff.Description is not null) Member("description", json => json.WriteStringValue(tariff.Description));
        Member("currency", json => json.WriteStringValue(tariff.Currency.Code));
        Member("timeZone", json => json.WriteStringValue(tariff.TimeZone.Id));
        Member("rounding", json => WriteRounding(json, tariff.Rounding));
        Member("bandPricing", json => json.WriteStringValue(tariff.BandPricing == BandPricing.Split ? "split" : "at-start"));
        Member("preferChargeCode", json => json.WriteBooleanValue(tariff.PreferChargeCode));
        if (!ReferenceEquals(tariff.TimeBands, TimeBandReader.OnlyBand)) List("timeBands", tariff.TimeBands, WriteBand);
        if (tariff.Holidays is { } holidays) Member("holidays", json => WriteHolidays(json, holidays));
        if (tariff.CostMarkup is { } markup) Member("costMarkup", json => WriteMarkup(json, markup));
        if (tariff.CostRules != CostRules.Usual) Member("costRules", json => WriteCostRules(json, tariff.CostRules));
        if (tariff.AccessCharge is { } access) Member("accessCharge", json => WriteAccessCharge(json, access));
        if (tariff.Data is { } data) Member("data", json => WriteDataUnit(json, data));
        if (tariff.Consumers is { } consumers) Member("consumers", json => WriteConsumers(json, consumers));
        if (tariff.ResolvedFrom is { } from) Member("resolvedFrom", json => WriteBase(json, from));
        if (tariff.Defaults != RateTerms.Unsaid) Member("defaults", json => WriteDefaults(json, tariff));
        List("rates", tariff.Rates, (json, rate) => WriteRate(json, rate, tariff));
        output.Write("\n}\n");

        void Member(string name, Action<Utf8JsonWriter> write) => output.Write($",\n  \"{name}\": {Line(write)}");

        void List<T>(string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
        {
            output.Write($",\n  \"{name}\": [");
            for (var i = 0; i < items.Count; i++)
            {
                var item = items[i];
                output.Write(i == 0 ? "\n    " : ",\n    ");
                output.Write(Line(json => write(json, item)));
            }
            output.Write(items.Count == 0 ? "]" : "\n  ]");
        }
    }

    /// <summary>The document as text.</summary>
    public static string Write(Tariff tariff)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(tariff, text);
        return text.ToString();
    }

    internal static string NameOf(Rounding mode) => mode switch
    {
        Rounding.Up => "up",
        Rounding.Down => "down",
        Rounding.HalfUp => "half-up",
        _ => "half-even",
    };

    internal static string NameOf(RoundingLevel level) => level == RoundingLevel.Call ? "call" : "line";

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, compact)) write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteRounding(Utf8JsonWriter json, TariffRounding rounding)
    {
        json.WriteStartObject();
        json.WriteString("mode", NameOf(rounding.Mode));
        json.WriteString("unit", PriceText.Write(rounding.Unit));
        json.WriteString("level", NameOf(rounding.Level));
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, TimeBand band)
    {
        json.WriteStartObject();
        json.WriteString("name", band.Name);
        json.WriteStartArray("when");
        foreach (var window in band.When)
        {
            json.WriteStartObject();
            json.WriteStartArray("days");
            for (var day = 0; day < WeekCoverage.DayNames.Count; day++)
                if (((int)window.Days >> day & 1) == 1) json.WriteStringValue(WeekCoverage.DayNames[day]);
            json.WriteEndArray();
            json.WriteString("from", WeekCoverage.Clock(window.FromMinute));
            json.WriteString("to", WeekCoverage.Clock(window.ToMinute));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHolidays(Utf8JsonWriter json, HolidayCalendar holidays)
    {
        json.WriteStartObject();
        if (holidays.Name is not null) json.WriteString("name", holidays.Name);
        json.WriteStartArray("dates");
        foreach (var date in holidays.Dates) json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMarkup(Utf8JsonWriter json, CostMarkup markup)
    {
        json.WriteStartObject();
        json.WriteString("percent", PriceText.Write(markup.Percent));
        json.WriteEndObject();
    }

    private static void WriteCostRules(Utf8JsonWriter json, CostRules rules)
    {
        json.WriteStartObject();
        json.WriteString("zero", rules.ZeroIsError ? "error" : "free");
        json.WriteString("credit", rules.CreditsAreMarkedUp ? "with-markup" : "as-given");
        json.WriteEndObject();
    }

    private static void WriteAccessCharge(Utf8JsonWriter json, AccessCharge access)
    {
        json.WriteStartObject();
        json.WriteString("perMinute", PriceText.Write(access.PerMinute));
        WriteInterval(json, access.FirstSeconds, access.NextSeconds);
        json.WriteEndObject();
    }

    private static void WriteDataUnit(Utf8JsonWriter json, DataUnit data)
    {
        json.WriteStartObject();
        json.WriteNumber("megabyte", data.MegabyteBytes);
        json.WriteNumber("roundUpTo", data.RoundUpToBytes);
        json.WriteEndObject();
    }

    private static void WriteConsumers(Utf8JsonWriter json, ConsumerTerms consumers)
    {
        json.WriteStartObject();
        json.WriteString("vatPercent", PriceText.Write(consumers.VatPercent));
        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, TariffBase from)
    {
        json.WriteStartObject();
        json.WriteString("code", from.Code);
        json.WriteNumber("version", from.Version);
        json.WriteEndObject();
    }

    private static void WriteDefaults(Utf8JsonWriter json, Tariff tariff)
    {
        json.WriteStartObject();
        WriteTerms(json, tariff.Defaults, tariff);
        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, Rate rate, Tariff tariff)
    {
        json.WriteStartObject();
        if (rate.Kind != CdrKind.Voice) json.WriteString("kind", rate.Kind == CdrKind.Sms ? "sms" : "data");
        if (rate.KeyKind == RateKeyKind.Any) json.WriteBoolean("any", true);
        else json.WriteString(rate.KeyKind switch { RateKeyKind.Prefix => "prefix", RateKeyKind.ChargeCode => "chargeCode", _ => "shortCode" }, rate.Key);
        json.WriteString("destination", rate.Destination);
        if (rate.IsFree) json.WriteBoolean("free", true);
        if (rate.ServiceRange is not null) json.WriteString("serviceCharge", rate.ServiceRange);
        if (rate.CostPlusPercent is { } percent) json.WriteString("costPlusPercent", PriceText.Write(percent));
        WriteBandPrice(json, "perMinute", rate.PerMinute, tariff);
        WriteBandPrice(json, "perMessage", rate.PerMessage, tariff);
        WriteBandPrice(json, "perMegabyte", rate.PerMegabyte, tariff);
        WriteStages(json, rate, tariff);
        WriteTerms(json, rate.Terms, tariff);
        if (rate.From is { } from) json.WriteString("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (rate.To is { } to) json.WriteString("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteStages(Utf8JsonWriter json, Rate rate, Tariff tariff)
    {
        if (rate.Stages.Count == 0) return;
        json.WriteStartArray("stages");
        foreach (var stage in rate.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("after", stage.AfterSeconds);
            WriteBandPrice(json, "perMinute", stage.PerMinute, tariff);
            WriteInterval(json, stage.FirstSeconds, stage.NextSeconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInterval(Utf8JsonWriter json, int first, int next)
    {
        json.WriteStartObject("interval");
        json.WriteNumber("first", first);
        json.WriteNumber("next", next);
        json.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter json, RateTerms terms, Tariff tariff)
    {
        WriteBandPrice(json, "connection", terms.Connection, tariff);
        WriteBandPrice(json, "perCall", terms.PerCall, tariff);
        if (terms.FirstSeconds is { } first && terms.NextSeconds is { } next) WriteInterval(json, first, next);
        if (terms.FreeSeconds is { } free) json.WriteNumber("freeSeconds", free);
        if (terms.MinimumSeconds is { } seconds) json.WriteNumber("minimumSeconds", seconds);
        if (terms.Minimum is { } minimum) json.WriteString("minimum", PriceText.Write(minimum));
        if (terms.MinimumIncludesConnection is { } minimumFlag) json.WriteBoolean("minimumIncludesConnection", minimumFlag);
        if (terms.Maximum is { } maximum) json.WriteString("maximum", PriceText.Write(maximum));
        if (terms.MaximumIncludesConnection is { } maximumFlag) json.WriteBoolean("maximumIncludesConnection", maximumFlag);
    }

    private static void WriteBandPrice(Utf8JsonWriter json, string member, BandPrice? price, Tariff tariff)
    {
        if (price is null) return;
        if (price.IsFlat)
        {
            json.WriteString(member, PriceText.Write(price.In(0)));
            return;
        }
        json.WriteStartObject(member);
        for (var band = 0; band < tariff.TimeBands.Count; band++) json.WriteString(tariff.TimeBands[band].Name, PriceText.Write(price.In(band)));
        json.WriteEndObject();
    }
}
