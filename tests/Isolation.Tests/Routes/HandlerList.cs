using System.Reflection;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Screens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Isolation.Tests.Routes;

/// <summary>All that the running app answers to, found in the app itself: whatever is mapped is here from that moment on.</summary>
static class HandlerList
{
    public static async Task<IReadOnlyList<Handler>> OfAsync(IServiceProvider services)
    {
        services.GetRequiredService<ApiRoutes>().Open();
        var handlers = new List<Handler>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');
            var parameters = ParametersOf(route, endpoint.RoutePattern);
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page) handlers.AddRange(OfPage(route, parameters, await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata), endpoint.RoutePattern));
            else
                foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    handlers.Add(new Handler(route, method, null, [.. endpoint.Metadata.GetOrderedMetadata<DemandsAttribute>().Select(demand => demand.Permission)],
                        endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null, endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null, parameters, [], endpoint.Metadata.GetMetadata<ApiExample>()));
        }
        return handlers;
    }

    static IEnumerable<Handler> OfPage(string route, IReadOnlyList<(string, string)> parameters, CompiledPageActionDescriptor page, RoutePattern pattern)
    {
        var model = page.ModelTypeInfo!;
        var demands = model.GetCustomAttributes<DemandsAttribute>(inherit: true).Select(demand => demand.Permission).ToList();
        var (isOpen, isForPeople) = (model.GetCustomAttribute<OpenToAllAttribute>(inherit: true) is not null, model.GetCustomAttribute<SignedInAttribute>(inherit: true) is not null);
        // A page without a handler for GET is shown all the same.
        if (!page.HandlerMethods.Any(handler => HttpMethods.IsGet(handler.HttpMethod) && handler.Name is null)) yield return new Handler(route, "GET", null, demands, isOpen, isForPeople, parameters, [], null);
        foreach (var handler in page.HandlerMethods)
        {
            var inputs = handler.Parameters.Where(parameter => parameter.ParameterType != typeof(CancellationToken))
                .Select(parameter => (Name: parameter.BindingInfo?.BinderModelName ?? parameter.Name, Type: parameter.ParameterType))
                .Where(input => pattern.GetParameter(input.Name) is null && (input.Type.IsValueType || input.Type == typeof(string)));
            yield return new Handler(route, handler.HttpMethod.ToUpperInvariant(), handler.Name, [.. demands, .. handler.MethodInfo.GetCustomAttributes<DemandsAttribute>().Select(demand => demand.Permission)],
                isOpen, isForPeople, parameters, [.. inputs.Select(input => input.Name)], null);
        }
    }

    // A place is known by what stands before it in the address: the id in /runs/{id} is a run's.
    static List<(string, string)> ParametersOf(string route, RoutePattern pattern)
    {
        var found = new List<(string, string)>();
        foreach (var segment in route.Split('/', StringSplitOptions.RemoveEmptyEntries).Zip(["", .. route.Split('/', StringSplitOptions.RemoveEmptyEntries)], (segment, before) => (Text: segment, Before: before)))
            foreach (var parameter in pattern.Parameters)
                if (System.Text.RegularExpressions.Regex.Match(segment.Text, $"\\{{\\**{parameter.Name}(:[^}}]*|\\?)?\\}}") is { Success: true } match)
                    found.Add((match.Value, segment.Text == match.Value ? $"{segment.Before}/{parameter.Name}" : segment.Text.Replace(match.Value, parameter.Name, StringComparison.Ordinal)));
        return found;
    }
}
