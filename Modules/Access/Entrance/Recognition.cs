using System.Globalization;
using System.Security.Claims;
using Billing.Screens;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;

namespace Billing.Access.Entrance;

/// <summary>
/// Finds out who asks, from the key in the cookie. The row of the sign-in, the person and their role are read anew for each request, so
/// whatever was ended, disabled or lowered holds from the next one on.
/// </summary>
internal sealed class Recognition(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentTenant current, Database database, TenantDirectory directory, TimeProvider clock)
    {
        // An error page belongs to the request that failed: who asks is known by now.
        // And a program with a key is known already.
        if (current.IsKnown && current.Session is null && current.Permissions.Count == 0)
        {
            await RecogniseAsync(context, current, database, clock);
            if (!current.IsPortal && (current.IsInstallation || current.Person is null || current.Support is not null))
                await RecogniseOperatorAsync(context, current, database, directory, clock);
            if (current is { Person: { } person, Session: { } session })
                // What forms are bound to, so that one filled in before signing in, or in another's name, is not taken.
                context.User = new ClaimsPrincipal(new ClaimsIdentity(
                    [new Claim(ClaimTypes.NameIdentifier, string.Create(CultureInfo.InvariantCulture, $"{current.Tenant.Id.Value}/{person.Id.Value}/{session.Id}"))], "session"));
        }
        await next(context);
    }

    private static async Task RecogniseAsync(HttpContext context, CurrentTenant current, Database database, TimeProvider clock)
    {
        var found = await FindAsync(context, SignInCookie.NameFor(current), current.Tenant.Id, database, clock);
        if (found is var (person, session) && person.Kind == current.Kind) current.Admit(person, session);
    }

    private static async Task RecogniseOperatorAsync(HttpContext context, CurrentTenant current, Database database, TenantDirectory directory, TimeProvider clock)
    {
        if (current.IsInstallation)
        {
            if (current.May(Permission.Operate)) current.Offer(await directory.ListAsync(context.RequestAborted));
            return;
        }
        if (await FindAsync(context, SignInCookie.Operator, TenantId.Installation, database, clock) is not var (person, session) || !person.Permissions.Contains(Permission.Operate)) return;
        await using var db = await database.BeginAsync(current.Tenant.Id, context.RequestAborted);
        var stay = await SupportDesk.FindStayAsync(db, person.Id, clock.GetUtcNow(), context.RequestAborted);
        current.Offer(await directory.ListAsync(context.RequestAborted));
        if (stay is not null) current.Admit(person, session, stay);
    }

    private static async Task<(Person Person, Session Session)?> FindAsync(HttpContext context, string cookie, TenantId tenant, Database database, TimeProvider clock)
    {
        foreach (var key in SignInCookie.Keys(context.Request, cookie))
        {
            var now = clock.GetUtcNow();
            await using var db = await database.BeginAsync(tenant, context.RequestAborted);
            if (await Sessions.FindAsync(db, key, now, context.RequestAborted) is not { IsOpen: true } session) continue;
            if (await People.FindAsync(db, session.Person, context.RequestAborted) is not { IsEnabled: true } person) continue;
            if (await Sessions.SeenAsync(db, session, now, context.RequestAborted)) await db.CommitAsync(context.RequestAborted);
            return (person, session);
        }
        return null;
    }
}
