using System.Globalization;
using System.Text.Json;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Billing.Api.Reference;

/// <summary>A part of the API as its reference shows it.</summary>
/// <param name="Name">Accounts, billing runs, ...</param>
/// <param name="About">What it is about.</param>
/// <param name="Operations">What can be done there.</param>
sealed record ReferencePart(string Name, string? About, IReadOnlyList<ReferenceOperation> Operations)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As a link's target.</summary>
    public string Anchor => new([.. Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);

    /// <summary>All parts in the description's own order.</summary>
    public static IReadOnlyList<ReferencePart> Of(OpenApiDocument document, EndpointDataSource endpoints, string address)
    {
        var examples = endpoints.Endpoints.Where(e => e.Metadata.GetMetadata<ApiExample>() is not null)
            .ToDictionary(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, e => e.Metadata.GetMetadata<ApiExample>()!, StringComparer.Ordinal);
        var operations = document.Paths
            .SelectMany(path => (path.Value.Operations ?? []).Select(operation => (Part: operation.Value.Tags?.FirstOrDefault()?.Name ?? "", Shown: Show(path.Key, operation.Key.Method, operation.Value, examples, address))))
            .ToLookup(o => o.Part, o => o.Shown, StringComparer.Ordinal);
        return [.. (document.Tags ?? new HashSet<OpenApiTag>()).Select(tag => new ReferencePart(tag.Name ?? "", tag.Description, [.. operations[tag.Name ?? ""]]))];
    }

    static ReferenceOperation Show(string path, string method, OpenApiOperation operation, Dictionary<string, ApiExample> examples, string address)
    {
        var parameters = (operation.Parameters ?? []).Select(parameter => new ReferenceField(parameter.Name ?? "", TypeOf(parameter.Schema), parameter.Required, parameter.Description)).ToList();
        var body = operation.RequestBody?.Content?.FirstOrDefault();
        var fields = body?.Key == "application/json" ? FieldsOf(body?.Value.Schema) : [];
        return new ReferenceOperation(
            operation.OperationId ?? "", method.ToUpperInvariant(), path, operation.Summary ?? "", operation.Description?.Replace("`", "", StringComparison.Ordinal), parameters, fields,
            [.. (operation.Responses ?? []).Select(response => response.Key).Order(StringComparer.Ordinal)],
            examples.TryGetValue(operation.OperationId ?? "", out var example) ? Curl(method.ToUpperInvariant(), example, address) : "");
    }

    static IReadOnlyList<ReferenceField> FieldsOf(IOpenApiSchema? schema) =>
        [.. (schema?.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(member => new ReferenceField(member.Key, TypeOf(member.Value), schema!.Required?.Contains(member.Key) == true, member.Value.Description))];

    static string TypeOf(IOpenApiSchema? schema) => schema switch
    {
        null => "",
        { Format: { } format } when schema.Type?.HasFlag(JsonSchemaType.String) == true => format,
        { Pattern: not null } when schema.Type?.HasFlag(JsonSchemaType.String) == true => "amount",
        { Type: { } type } => (type & ~JsonSchemaType.Null).ToString().ToLowerInvariant(),
        OpenApiSchemaReference { Reference.Id: { } id } => id,
        _ => "object",
    };

    static string Curl(string method, ApiExample example, string address)
    {
        var lines = new List<string> { $"curl -H \"Authorization: Bearer $KEY\" \"{address}{ApiSetup.Root}{example.Path}\"" };
        if (method != "GET") lines[0] = lines[0].Replace("curl ", $"curl -X {method} ", StringComparison.Ordinal);
        if (method != "GET") lines.Add($"-H \"{WriteOnce.Header}: $(uuidgen)\"");
        if (example.IfMatch is { } version) lines.Add(string.Create(CultureInfo.InvariantCulture, $"-H 'If-Match: \"{version}\"'"));
        if (example.Body is string) lines.Add("-H \"Content-Type: application/octet-stream\" --data-binary @october.csv");
        else if (example.Body is { } body) lines.Add("-H \"Content-Type: application/json\" -d '" + JsonSerializer.Serialize(body, Json).Replace("'", "'\\''", StringComparison.Ordinal) + "'");
        return string.Join(" \\\n  ", lines);
    }
}
