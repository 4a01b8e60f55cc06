using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Billing.Api.Audit;
using Billing.Api.Jobs;
using Billing.Api.Keys;
using Billing.Api.Reference;
using Billing.Api.Webhooks;
using Billing.Api.Writes;
using Billing.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api;

/// <summary>Puts the API into the host: its services, its door, the group that modules map their endpoints in.</summary>
public static class ApiSetup
{
    /// <summary>Name of the published description.</summary>
    public const string Document = "v1";

    /// <summary>Where the API lives.</summary>
    public static PathString Root { get; } = new("/api/v1");

    /// <summary>Requests an address may make in a minute with no key or a wrong one; guessing is hopeless, this keeps it quiet too.</summary>
    private const int StrangersAMinute = 60;

    /// <summary>Requests a key may make at once, and how many are given back each second.</summary>
    private const int Burst = 200, ASecond = 20;

    /// <summary>Registers what the API needs.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddScoped<ApiWrite>();
        services.AddSingleton<WriteOnce>().AddSingleton<ApiRoutes>();
        services.AddProblemDetails();
        // What can't be read is then an exception that ApiBody answers, not an empty 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new DecimalText());
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
            // Whole numbers are JSON numbers and nothing else, so that a generated client has them as such.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddOpenApi(Document, Description.Configure);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(LimitOf);
        });
        return services;
    }

    /// <summary>The door: recognises keys, before any endpoint of the API runs and after routing has found it.</summary>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app) => app.UseRateLimiter().UseMiddleware<ApiBody>().UseMiddleware<ApiDoor>();

    /// <summary>Puts the endpoints together when the first request for one comes; before routing.</summary>
    public static IApplicationBuilder UseApiRoutes(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)) context.RequestServices.GetRequiredService<ApiRoutes>().Open();
        return next(context);
    });

    /// <summary>Takes what modules map, and maps what belongs to none of them: jobs, webhooks, the audit trail, and the API's description of itself.</summary>
    /// <param name="routes">The host's routes.</param>
    /// <param name="mapModules">Maps the modules' endpoints in the group it is given; called when the API is first asked for.</param>
    public static void MapApi(this IEndpointRouteBuilder routes, Action<RouteGroupBuilder> mapModules)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.ServiceProvider.GetRequiredService<ApiRoutes>().Be(routes, whole =>
        {
            var group = whole.MapGroup(Root.Value!);
            group.MapOpenApi("/openapi.json").OpenToAll().ExcludeFromDescription();
            group.WithMetadata(ProblemOf(StatusCodes.Status401Unauthorized), ProblemOf(StatusCodes.Status429TooManyRequests));
            JobApi.Map(group);
            WebhookApi.Map(group);
            AuditApi.Map(group);
            mapModules(group);
        });
    }

    /// <summary>Says what an endpoint is called, what it is for and what it demands, and gives the example that a test runs.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">Name of the operation, unique, as a client's method: <c>listAccounts</c>.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="permission">The scope it needs.</param>
    /// <param name="example">How it is used.</param>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder endpoint, string name, string summary, string permission, ApiExample example)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(example);
        // An address with something to fill in may name what is not there.
        endpoint.Add(builder =>
        {
            if (builder is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 }) builder.Metadata.Add(ProblemOf(StatusCodes.Status404NotFound));
        });
        if (example.IfMatch is not null) endpoint.WithMetadata(ProblemOf(StatusCodes.Status412PreconditionFailed), ProblemOf(StatusCodes.Status428PreconditionRequired));
        return endpoint.WithName(name).WithSummary(summary).WithMetadata(new DemandsAttribute(permission), example).ProducesProblem(StatusCodes.Status403Forbidden);
    }

    /// <summary>Makes a write happen once for each <c>Idempotency-Key</c>; the endpoint changes things through <see cref="ApiWrite"/>.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<WriteOnce>().WithMetadata(new WritesOnce()).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static ProducesResponseTypeMetadata ProblemOf(int status) => new(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]);

    // A key is a partition of its own by its public part; what has none counts by address.
    private static RateLimitPartition<string> LimitOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)) return RateLimitPartition.GetNoLimiter("");
        var header = context.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? ApiKeyText.Read(header["Bearer ".Length..].Trim()) : null;
        return key is null
            ? RateLimitPartition.GetFixedWindowLimiter("address " + context.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = StrangersAMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetTokenBucketLimiter(string.Create(CultureInfo.InvariantCulture, $"key {key.Tenant.Value}/{key.Id} {context.Connection.RemoteIpAddress}"),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = ASecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });
    }

    private static async ValueTask RefuseAsync(Microsoft.AspNetCore.RateLimiting.OnRejectedContext refused, CancellationToken cancellationToken)
    {
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        refused.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problem.Of(StatusCodes.Status429TooManyRequests, new Failure("api.too-many-requests", $"Too many requests. Try again in {wait} s.")).ExecuteAsync(refused.HttpContext);
    }
}
