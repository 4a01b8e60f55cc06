using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Entrance;

/// <summary>
/// Lets a request through to its page or endpoint when whoever asks may do what that demands. What demands nothing and is not marked as open
/// lets nobody through: forgetting is refusing.
/// </summary>
internal sealed class Gate(RequestDelegate next, IAntiforgery antiforgery)
{
    /// <summary>Where people sign in, below the tenant's address.</summary>
    public const string SignIn = "/sign-in";

    public async Task InvokeAsync(HttpContext context, CurrentTenant current)
    {
        // An address that is nothing is answered as such.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null)
        {
            await next(context);
            return;
        }
        var demands = endpoint.Metadata.GetOrderedMetadata<DemandsAttribute>();
        var isForPeople = endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;
        if (demands.Count == 0 && !isForPeople) await RefuseAsync(context, new Refusal(null, "Nobody may open this address: it does not say who may."));
        else if (current.Permissions.Count == 0 && current.Person is null) await AskToSignInAsync(context, current);
        else if (current is { Tenant.SuspendedWhy: { } why, Support: null } && !current.IsInstallation) await RefuseAsync(context, new Refusal(null, Suspended(current, why)));
        else if (demands.FirstOrDefault(demand => !current.May(demand.Permission)) is { } missing) await RefuseAsync(context, new Refusal(missing.Permission, null));
        else if (isForPeople && current.Person is null) await RefuseAsync(context, new Refusal(null, "This is about a person's own account; a program has none."));
        // A customer's host name shows what is for customers and for everybody, whatever else somebody might hold.
        else if (current.IsPortal && !isForPeople && demands.All(demand => demand.Permission != Permission.UsePortal)) context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!await IsOurFormAsync(context, current, endpoint)) await WriteAsync(context, StatusCodes.Status400BadRequest, "access.forged-form", "This was not sent from a page of ours. Load the page again and repeat it.");
        else await next(context);
    }

    /// <summary>What is said at a suspended tenant's address: the reason to its staff, nothing of our business to its customers.</summary>
    public static string Suspended(CurrentTenant current, string why) =>
        current.IsPortal ? "This service is not available at the moment." : $"{current.Tenant.Name} is suspended: {why}";

    // Pages check their forms themselves. Whoever came with a cookie has to show for the rest that it was our page that sent them.
    private async Task<bool> IsOurFormAsync(HttpContext context, CurrentTenant current, Endpoint endpoint) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || current.Session is null
        || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || await antiforgery.IsRequestValidAsync(context);

    private static async Task AskToSignInAsync(HttpContext context, CurrentTenant current)
    {
        if (WantsJson(context.Request))
        {
            await WriteAsync(context, StatusCodes.Status401Unauthorized, "access.not-signed-in", "Sign in, or send an API key.");
            return;
        }
        var request = context.Request;
        // An operator whom this tenant has not let in.
        if (current.All.Count > 0 && !current.IsInstallation)
        {
            context.Response.Redirect($"/operator/tenants/{current.Tenant.Slug}");
            return;
        }
        var isPlace = HttpMethods.IsGet(request.Method) && request.Path != "/";
        var address = request.PathBase + SignIn + (isPlace ? QueryString.Create("return", request.Path + request.QueryString) : QueryString.Empty);
        // htmx would put the sign-in page into the middle of the page that asked.
        if (request.Headers.ContainsKey("HX-Request")) context.Response.Headers["HX-Redirect"] = address;
        else context.Response.Redirect(address);
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (WantsJson(context.Request))
            return WriteAsync(context, StatusCodes.Status403Forbidden, "access.forbidden", refusal.Why ?? $"This needs the permission {refusal.Permission}.");
        context.Features.Set(refusal);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext context, int status, string code, string why)
    {
        var problem = new ProblemDetails { Status = status, Title = why, Extensions = { ["code"] = code } };
        ProblemHttpResult answer = TypedResults.Problem(problem);
        await answer.ExecuteAsync(context);
    }

    private static bool WantsJson(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || (request.Headers.Accept.ToString() is var accept && accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
