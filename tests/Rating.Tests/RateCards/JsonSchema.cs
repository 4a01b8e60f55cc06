using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Rating.Tests.RateCards;

/// <summary>
/// The part of JSON Schema 2020-12 that docs/tariff.schema.json uses, so that the published schema is tried on real documents. A keyword it does not
/// know is an error and not a silence.
/// </summary>
sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] silent = ["$schema", "$id", "$defs", "title", "description", "default", "then", "else", "properties", "additionalProperties", "unevaluatedProperties"];

    public static JsonSchema Load(string path) => new(JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    /// <summary>What is wrong, by path; empty when the document is valid.</summary>
    public IReadOnlyList<string> Errors(string json)
    {
        using var document = JsonDocument.Parse(json);
        var errors = new List<string>();
        Check(root, document.RootElement, "$", errors);
        return errors;
    }

    private HashSet<string> Check(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        var evaluated = new HashSet<string>();
        if (schema.ValueKind == JsonValueKind.True) return evaluated;
        if (schema.ValueKind == JsonValueKind.False)
        {
            errors.Add($"{path} may not be here");
            return evaluated;
        }
        if (schema.TryGetProperty("properties", out var properties) && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!properties.TryGetProperty(member.Name, out var of)) continue;
                evaluated.Add(member.Name);
                Check(of, member.Value, $"{path}.{member.Name}", errors);
            }
        }
        foreach (var keyword in schema.EnumerateObject()) Apply(keyword, schema, value, path, errors, evaluated);
        foreach (var rest in (string[])["additionalProperties", "unevaluatedProperties"])
        {
            if (!schema.TryGetProperty(rest, out var others) || value.ValueKind != JsonValueKind.Object) continue;
            foreach (var member in value.EnumerateObject().Where(member => !evaluated.Contains(member.Name))) Check(others, member.Value, $"{path}.{member.Name}", errors);
        }
        return evaluated;
    }

    private void Apply(JsonProperty keyword, JsonElement schema, JsonElement value, string path, List<string> errors, HashSet<string> evaluated)
    {
        var says = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                evaluated.UnionWith(Check(root.GetProperty("$defs").GetProperty(says.GetString()!["#/$defs/".Length..]), value, path, errors));
                break;
            case "type":
                var types = says.ValueKind == JsonValueKind.Array ? [.. says.EnumerateArray().Select(t => t.GetString()!)] : new[] { says.GetString()! };
                Demand(types.Any(type => IsOf(type, value)), $"is not {string.Join(" or ", types)}");
                break;
            case "enum": Demand(says.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)), "is none of the known values"); break;
            case "const": Demand(JsonElement.DeepEquals(says, value), $"is not {says}"); break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (var name in says.EnumerateArray()) Demand(value.TryGetProperty(name.GetString()!, out _), $"has no {name}");
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String: Demand(Regex.IsMatch(value.GetString()!, says.GetString()!), $"does not match {says}"); break;
            case "minLength" when value.ValueKind == JsonValueKind.String: Demand(value.GetString()!.Length >= says.GetInt32(), "is too short"); break;
            case "maxLength" when value.ValueKind == JsonValueKind.String: Demand(value.GetString()!.Length <= says.GetInt32(), "is too long"); break;
            case "minimum" when value.ValueKind == JsonValueKind.Number: Demand(value.GetDecimal() >= says.GetDecimal(), "is too small"); break;
            case "maximum" when value.ValueKind == JsonValueKind.Number: Demand(value.GetDecimal() <= says.GetDecimal(), "is too big"); break;
            case "minItems" when value.ValueKind == JsonValueKind.Array: Demand(value.GetArrayLength() >= says.GetInt32(), "has too few"); break;
            case "maxItems" when value.ValueKind == JsonValueKind.Array: Demand(value.GetArrayLength() <= says.GetInt32(), "has too many"); break;
            case "minProperties" when value.ValueKind == JsonValueKind.Object: Demand(value.EnumerateObject().Count() >= says.GetInt32(), "has too few members"); break;
            case "uniqueItems" when value.ValueKind == JsonValueKind.Array:
                Demand(value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(), "has one twice");
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                for (var i = 0; i < value.GetArrayLength(); i++) Check(says, value[i], $"{path}[{i}]", errors);
                break;
            case "allOf":
                foreach (var part in says.EnumerateArray()) evaluated.UnionWith(Check(part, value, path, errors));
                break;
            case "anyOf" or "oneOf":
                var fitting = says.EnumerateArray().Where(part => Fits(part, value, path)).ToList();
                Demand(keyword.Name == "anyOf" ? fitting.Count > 0 : fitting.Count == 1, $"fits {fitting.Count} of {says.GetArrayLength()} forms");
                foreach (var part in fitting) evaluated.UnionWith(Check(part, value, path, []));
                break;
            case "if":
                if (schema.TryGetProperty(Fits(says, value, path) ? "then" : "else", out var branch)) evaluated.UnionWith(Check(branch, value, path, errors));
                break;
            case "required" or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum" or "minItems" or "maxItems" or "minProperties" or "uniqueItems" or "items":
                break;                                      // for another type of value
            default:
                silent.ShouldContain(keyword.Name, "a keyword that this test does not know proves nothing");
                break;
        }

        void Demand(bool holds, string message)
        {
            if (!holds) errors.Add($"{path} {message}");
        }
    }

    private bool Fits(JsonElement schema, JsonElement value, string path)
    {
        var errors = new List<string>();
        Check(schema, value, path, errors);
        return errors.Count == 0;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"No such type: {type}."),
    };
}
