using System.Net;
using System.Net.Sockets;
using Billing.Access.Identity;
using Billing.Screens;
using Billing.Tenancy;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Billing.Access.Entrance;

/// <summary>Signing in and out, at the current tenant.</summary>
internal sealed class FrontDoor(CurrentTenant current, Identity.Users users, Database database, TimeProvider clock, IHttpContextAccessor accessor)
{
    /// <summary>Attempts at one person before the first wait.</summary>
    public const int FreeAttempts = 5;

    /// <summary>Attempts from one place before the first wait: an office has many people behind one address.</summary>
    public const int FreeAttemptsFromAPlace = 50;

    // A hash of nothing anybody knows, so that an address nobody has takes as long as one somebody has.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<SignInPerson>(AccessModule.Hashing).HashPassword(null!, RandomKey.Make()));

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>When the next attempt may be made, after <see cref="SignInAnswer.Wait"/>.</summary>
    public DateTimeOffset WaitUntil { get; private set; }

    /// <summary>Tries an address and a password.</summary>
    public async Task<SignInAnswer> TryPasswordAsync(string email, string password, CancellationToken cancellationToken)
    {
        var what = $"{current.Kind}:{EmailAddress.Key(email)}";
        if (!await MayTryAsync(what, cancellationToken)) return SignInAnswer.Wait;

        var user = await users.FindByEmailAsync(email);
        var isRight = user?.PasswordHash is null
            ? users.PasswordHasher.VerifyHashedPassword(null!, NobodysHash.Value, password) == PasswordVerificationResult.Success && false
            : await users.CheckPasswordAsync(user, password);
        if (!isRight || !user!.Person.IsEnabled)
        {
            await using var db = await current.BeginAsync(cancellationToken);
            // Only of people who exist, or anybody could fill the trail. The guard counts all.
            if (user is not null) db.Note(new Deed("people.sign-in-failed", "person", new { person_id = user.Person.Id.Value }, new { Address = PlaceOf(Context) }));
            await db.CommitAsync(cancellationToken);
            return SignInAnswer.Wrong;
        }
        await ForgetAsync(what, cancellationToken);
        if (current.Tenant.SuspendedWhy is not null && !current.IsInstallation) return SignInAnswer.Suspended;
        await BeginAsync(user.Person, isOpen: !user.HasTotp, cancellationToken);
        return user.HasTotp ? SignInAnswer.Half : SignInAnswer.Open;
    }

    /// <summary>Counts an attempt at something secret, by what it is and by where it comes from; false when it has to wait.</summary>
    public async Task<bool> MayTryAsync(string what, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? wait;
        await using (var db = await database.BeginAsync(TenantId.Installation, cancellationToken))
        {
            wait = await SignInGuard.CountAsync(db, "from:" + PlaceOf(Context), FreeAttemptsFromAPlace, now, cancellationToken);
            await db.CommitAsync(cancellationToken);
        }
        if (wait is null)
        {
            await using var db = await current.BeginAsync(cancellationToken);
            wait = await SignInGuard.CountAsync(db, what, FreeAttempts, now, cancellationToken);
            await db.CommitAsync(cancellationToken);
        }
        WaitUntil = wait ?? default;
        return wait is null;
    }

    /// <summary>The attempt was good: its count starts over. The place's goes on, or one known password would buy guesses at all others.</summary>
    public async Task ForgetAsync(string what, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await SignInGuard.ClearAsync(db, what, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    /// <summary>Begins a sign-in under a new key, whatever key the browser came with; that one ends.</summary>
    public async Task BeginAsync(Person person, bool isOpen, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(current.Tenant.Id, person.Actor, cancellationToken);
        await BeginAsync(db, person, isOpen, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    /// <inheritdoc cref="BeginAsync(Person, bool, CancellationToken)"/>
    public async Task BeginAsync(TenantDb db, Person person, bool isOpen, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var old in SignInCookie.Keys(Context.Request, SignInCookie.NameFor(current)))
            if (await Sessions.FindAsync(db, old, now, cancellationToken) is { } session) await Sessions.EndAsync(db, session.Person, session.Id, "signed in again", now, cancellationToken);
        var device = Context.Request.Headers.UserAgent.ToString();
        var key = await Sessions.BeginAsync(db, person.Id, isOpen, PlaceOf(Context), device, now, cancellationToken);
        if (isOpen) db.Note(new Deed("people.signed-in", "person", new { person_id = person.Id.Value }, new { Address = PlaceOf(Context) }));
        SignInCookie.Set(Context, current, key);
    }

    /// <summary>Whose second factor is asked for; null when nobody has just given a password.</summary>
    public async Task<SignInPerson?> FindHalfAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        foreach (var key in SignInCookie.Keys(Context.Request, SignInCookie.NameFor(current)))
            if (await Sessions.FindAsync(db, key, clock.GetUtcNow(), cancellationToken) is { IsOpen: false } half
                && await People.FindAsync(db, half.Person, cancellationToken) is { IsEnabled: true } person && person.Kind == current.Kind)
                return await PersonStore.LoadAsync(db, person, cancellationToken);
        return null;
    }

    /// <summary>Ends the sign-in that the request came with.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        if (current is { Person: { } person, Session: { } session, Support: null })
        {
            await using var db = await current.BeginAsync(cancellationToken);
            await Sessions.EndAsync(db, person.Id, session.Id, "signed out", clock.GetUtcNow(), cancellationToken);
            db.Note(new Deed("people.signed-out", "person", new { person_id = person.Id.Value }));
            await db.CommitAsync(cancellationToken);
        }
        SignInCookie.Remove(Context, current);
    }

    /// <summary>Where a request comes from. Of an IPv6 address the network: a single customer has 2^64 of them.</summary>
    public static string PlaceOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }
}
