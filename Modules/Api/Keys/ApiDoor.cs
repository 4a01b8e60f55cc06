using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;

namespace Billing.Api.Keys;

/// <summary>
/// Lets programs in by their key: <c>Authorization: Bearer key_...</c>. A browser's cookie opens nothing here, so no page elsewhere can make a
/// browser call the API for somebody.
/// </summary>
sealed class ApiDoor(RequestDelegate next)
{
    const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, CurrentTenant current, Database database, TenantDirectory tenants, TimeProvider clock)
    {
        if (!context.Request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase) || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is not null)
        {
            await next(context);
            return;
        }
        var header = context.Request.Headers.Authorization.ToString();
        var text = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? ApiKeyText.Read(header[Scheme.Length..].Trim()) : null;
        var key = text is null ? null : await ApiKeyBook.OpenAsync(database, text, clock.GetUtcNow(), context.RequestAborted);
        if (key is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problem.Of(StatusCodes.Status401Unauthorized, new Failure("api.no-key", "Send an API key of the tenant as 'Authorization: Bearer key_...'. This request has none, or one that is not valid any more."))
                .ExecuteAsync(context);
            return;
        }
        // An address that names a tenant, by host or by path, has to name the key's.
        if (current.IsKnown && current.Tenant.Id != text!.Tenant)
        {
            await Problem.Of(StatusCodes.Status403Forbidden, new Failure("api.other-tenant", "The key belongs to another tenant than the address.")).ExecuteAsync(context);
            return;
        }
        if (!current.IsKnown) current.Choose(await tenants.GetAsync(text!.Tenant, context.RequestAborted), isPortal: false);
        current.Admit(new Actor(ActorKind.ApiKey, key.Id, key.Label), key.Scopes);

        var missing = context.GetEndpoint()?.Metadata.GetOrderedMetadata<DemandsAttribute>().FirstOrDefault(demand => !current.May(demand.Permission));
        if (missing is not null)
        {
            await Problem.Of(StatusCodes.Status403Forbidden, new Failure("api.no-scope", $"The key '{key.Label}' has no scope '{missing.Permission}', which this needs.")).ExecuteAsync(context);
            return;
        }
        await next(context);
    }
}
