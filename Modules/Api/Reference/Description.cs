using System.Text.Json.Nodes;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Screens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Billing.Api.Reference;

/// <summary>The published description (OpenAPI 3.1): what the framework finds out, and what only we know.</summary>
static class Description
{
    const string KeyScheme = "apiKey";

    static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Accounts"] = "Customers, and the people there.",
        ["Services, numbers and charges"] = "What an account has, which numbers are its own on which days, and what it pays besides calls.",
        ["CDR files"] = "Call detail records: files on their way in, and files that are in, line for line.",
        ["Billing errors"] = "Calls that can't be billed, by cause, and the ways out.",
        ["Carrier charges"] = "Rentals, fees and credits that carriers bill: whose they are, what is wrong with them, and the margin they leave.",
        ["What-if"] = "Past months replayed through other prices, with what would have become of each customer's bill.",
        ["Billing runs"] = "The month from its dates to its invoices, step by step.",
        ["Invoices"] = "What was billed.",
        ["Jobs"] = "Work in the background: imports, drafts, postings.",
        ["Products and tariffs"] = "What is sold, and at which prices.",
        ["Allowances and spend caps"] = "Usage that costs nothing up to a limit, and the most that is billed for some usage in a month.",
        ["Webhooks"] = "Addresses of yours that are told of events.",
        ["Audit trail"] = "Who changed what, and when.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => "/" + endpoint.RelativePath is var path && path.StartsWith(ApiSetup.Root.Value + "/", StringComparison.Ordinal);
        options.AddDocumentTransformer(Document);
        options.AddOperationTransformer(Operation);
        options.AddSchemaTransformer(Schema);
    }

    static Task Document(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Billing API",
            Version = "1",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            Description = "Everything the screens do. Amounts are texts with a decimal point; instants are ISO 8601 with an offset; days are yyyy-MM-dd. "
                + "Every write takes an Idempotency-Key: the same request sent again gets the first answer. Errors are problem details with a stable `code`.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>()) tag.Description = Tags.GetValueOrDefault(tag.Name ?? "");
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A tenant's API key: `Authorization: Bearer key_...`" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    static Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var demands = metadata.OfType<DemandsAttribute>().Select(demand => $"`{demand.Permission}`").ToList();
        if (demands.Count > 0) operation.Description = $"{operation.Description} Needs the scope {string.Join(" and ", demands)}.".TrimStart();
        if (metadata.OfType<ApiExample>().Any(example => example.IfMatch is not null))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Required = true,
                Description = "The `ETag` of the answer that it was read from, so that nobody's change is overwritten unseen.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        if (operation.Responses is { } responses)
        {
            var inOrder = responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
            responses.Clear();
            foreach (var (status, response) in inOrder) responses.Add(status, response);
        }
        if (metadata.OfType<WritesOnce>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = WriteOnce.Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "A name of your own for this write, such as a UUID; the same request sent again with it does nothing a second time.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
            });
        }
        if (metadata.OfType<ApiExample>().FirstOrDefault()?.Body is { } body and not string && operation.RequestBody?.Content?.TryGetValue("application/json", out var content) == true && content is OpenApiMediaType media)
            media.Example = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body, System.Text.Json.JsonSerializerOptions.Web));
        return Task.CompletedTask;
    }

    static Task Schema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(decimal))
        {
            schema.Type = schema.Type?.HasFlag(JsonSchemaType.Null) == true ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = null;
            schema.Pattern = @"^-?\d+(\.\d+)?$";
        }
        return Task.CompletedTask;
    }
}
