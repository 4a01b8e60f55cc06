using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Rating.RateCards;

/// <summary>
/// Puts a document that says only what differs together with the tariff it is based on. The result is a whole document like any other, so that what
/// prices calls never depends on what becomes of the base afterwards.
/// </summary>
public static partial class TariffInheritance
{
    private static readonly string[] removalMembers = ["kind", "prefix", "chargeCode", "shortCode", "any"];
    private static readonly string[] keyMembers = ["prefix", "chargeCode", "shortCode", "any"];

    /// <summary>Not the base's: they are about the document itself.</summary>
    private static readonly string[] ownMembers = ["$schema", "formatVersion", "name", "description", "basedOn", "without", "resolvedFrom", "defaults", "rates"];

    /// <summary>The code of the tariff that a document is based on; null when it is whole, or no JSON object at all.</summary>
    public static string? BaseOf(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            using var json = JsonDocument.Parse(document, TariffReader.Options);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("basedOn", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;                                    // TariffReader says what is wrong
        }
    }

    /// <summary>Reads a document with <c>basedOn</c>.</summary>
    /// <param name="document">What was entered.</param>
    /// <param name="from">The base, by code and version.</param>
    /// <param name="baseDocument">The base's own document, whole.</param>
    /// <returns>The whole tariff; or every fault, in the places of what was entered, and where a rate of the base is concerned, in the base's.</returns>
    public static TariffReading Resolve(string document, TariffBase from, string baseDocument)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(baseDocument);
        using var entered = JsonDocument.Parse(document, TariffReader.Options);
        using var whole = JsonDocument.Parse(baseDocument, TariffReader.Options);
        var errors = new TariffErrors();
        if (!JsonObjectReader.TryOpen(entered.RootElement, "$", -1, "a tariff", TariffReader.documentMembers, errors, out var reader)) return TariffReading.Refused(errors);
        if (reader.TryGet("resolvedFrom", out _)) reader.Refuse("tariff.unknown-member", "resolvedFrom", "'resolvedFrom' is written when the document is published. Remove it.");

        var own = reader.List("rates");
        var replaced = own.Select(KeyOf).ToHashSet();
        var rates = List(whole.RootElement, "rates");
        var known = rates.Select(KeyOf).ToHashSet();
        var removed = ReadRemovals(reader, known, from, errors);
        if (errors.Any) return TariffReading.Refused(errors);

        var kept = Enumerable.Range(0, rates.Length).Where(i => KeyOf(rates[i]) is var key && !replaced.Contains(key) && !removed.Contains(key)).ToList();
        var reading = TariffReader.Read(Merge(entered.RootElement, whole.RootElement, from, own, [.. kept.Select(i => rates[i])]));
        return reading.Placed(text => RatePlace().Replace(text, place =>
            int.Parse(place.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is var i && i < own.Length
                ? place.Value
                : $"$.rates[{kept[i - own.Length]}]{place.Groups[2].Value} of {from}"));
    }

    private static HashSet<(string, string, string)> ReadRemovals(JsonObjectReader reader, HashSet<(string, string, string)> known, TariffBase from, TariffErrors errors)
    {
        var removed = new HashSet<(string, string, string)>();
        var elements = reader.List("without");
        for (var i = 0; i < elements.Length; i++)
        {
            if (!JsonObjectReader.TryOpen(elements[i], "$.without", i, "a rate to leave out", removalMembers, errors, out var element)) continue;
            var key = KeyOf(elements[i]);
            if (known.Contains(key)) removed.Add(key);
            else element.Refuse("tariff.not-in-base", keyMembers.FirstOrDefault(member => element.TryGet(member, out _)) ?? "prefix", $"{from} has no such rate, so it can't be left out. Check the key, or remove the line.");
        }
        return removed;
    }

    private static string Merge(JsonElement entered, JsonElement whole, TariffBase from, JsonElement[] own, List<JsonElement> inherited)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var member in (string[])["formatVersion", "name", "description"]) Copy(json, entered, member);
            foreach (var member in TariffReader.documentMembers.Except(ownMembers))
            {
                // What is entered counts even where it is null: that takes away what the base has.
                if (entered.TryGetProperty(member, out _)) Copy(json, entered, member);
                else Copy(json, whole, member);
            }
            json.WriteStartObject("resolvedFrom");
            json.WriteString("code", from.Code);
            json.WriteNumber("version", from.Version);
            json.WriteEndObject();
            WriteDefaults(json, entered, whole);
            json.WriteStartArray("rates");
            foreach (var rate in own) rate.WriteTo(json);
            foreach (var rate in inherited) rate.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // Member by member: a tariff with another minimum keeps the base's interval.
    private static void WriteDefaults(Utf8JsonWriter json, JsonElement entered, JsonElement whole)
    {
        var says = entered.TryGetProperty("defaults", out var own);
        var isInherited = whole.TryGetProperty("defaults", out var inherited) && inherited.ValueKind == JsonValueKind.Object;
        if (!says || !isInherited || own.ValueKind != JsonValueKind.Object)
        {
            if (says) Copy(json, entered, "defaults");
            else if (isInherited) Copy(json, whole, "defaults");
            return;
        }
        json.WriteStartObject("defaults");
        foreach (var member in own.EnumerateObject()) member.WriteTo(json);
        foreach (var member in inherited.EnumerateObject())
            if (!own.TryGetProperty(member.Name, out _)) member.WriteTo(json);
        json.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter json, JsonElement from, string member)
    {
        if (!from.TryGetProperty(member, out var value)) return;
        json.WritePropertyName(member);
        value.WriteTo(json);
    }

    private static JsonElement[] List(JsonElement of, string member) =>
        of.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>Kind and key; of something that is no rate, one that nothing else has.</summary>
    private static (string Kind, string By, string Key) KeyOf(JsonElement rate)
    {
        if (rate.ValueKind != JsonValueKind.Object) return ("", "", "");
        var kind = rate.TryGetProperty("kind", out var of) && of.ValueKind == JsonValueKind.String ? of.GetString()! : "voice";
        foreach (var member in keyMembers)
            if (rate.TryGetProperty(member, out var key) && key.ValueKind is JsonValueKind.String or JsonValueKind.True)
                return (kind, member, key.ValueKind == JsonValueKind.True ? "" : key.GetString()!);
        return ("", "", "");
    }

    [GeneratedRegex(@"\$\.rates\[(\d+)\]((?:\.\w+|\[\d+\])*)")]
    private static partial Regex RatePlace();
}
