using System.Globalization;
using System.Security.Cryptography;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Billing.Access.Identity;

/// <summary>
/// Identity's store over the tenant's own rows: it sees the people of the current tenant, of the kind that signs in here, and nobody else.
/// What decides between two requests in the same moment (a recovery code, a code of the second factor) is one statement, not a row that was read
/// before; <see cref="UpdateAsync"/> therefore leaves those columns alone.
/// </summary>
internal sealed class PersonStore(CurrentTenant current, IDataProtectionProvider protection, TimeProvider clock) :
    IUserPasswordStore<SignInPerson>, IUserEmailStore<SignInPerson>, IUserSecurityStampStore<SignInPerson>, IUserTwoFactorStore<SignInPerson>,
    IUserAuthenticatorKeyStore<SignInPerson>, IUserTwoFactorRecoveryCodeStore<SignInPerson>
{
    private readonly IDataProtector protector = protection.CreateProtector("second-factor");

    public void Dispose()
    {
        // Nothing is held between two calls.
    }

    public async Task<SignInPerson?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        await using var db = await current.BeginAsync(cancellationToken);
        return await LoadAsync(db, await People.FindAsync(db, new PersonId(id), cancellationToken), cancellationToken);
    }

    public async Task<SignInPerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await LoadAsync(db, await People.FindAsync(db, current.Kind, normalizedUserName, cancellationToken), cancellationToken);
    }

    public Task<SignInPerson?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => FindByNameAsync(normalizedEmail, cancellationToken);

    public static async Task<SignInPerson?> LoadAsync(TenantDb db, Person? person, CancellationToken cancellationToken)
    {
        if (person is null) return null;
        return await db.FindAsync($"select password_hash, password_set_at, stamp, totp_secret, has_totp from tenancy.credential where person_id = {person.Id.Value}",
            row => new SignInPerson(person)
            {
                PasswordHash = row.MaybeText(0),
                PasswordSetAt = row.IsNull(1) ? null : row.Instant(1),
                Stamp = row.Text(2),
                TotpSecret = row.MaybeText(3),
                HasTotp = row.Bool(4),
            }, cancellationToken) ?? new SignInPerson(person);
    }

    public async Task<IdentityResult> UpdateAsync(SignInPerson user, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await SaveAsync(db, user, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public static Task<int> SaveAsync(TenantDb db, SignInPerson user, CancellationToken cancellationToken) => db.ExecuteAsync($"""
        insert into tenancy.credential (person_id, password_hash, password_set_at, stamp, totp_secret, has_totp)
        values ({user.Person.Id.Value}, {user.PasswordHash}, {user.PasswordSetAt?.UtcDateTime}, {user.Stamp}, {user.TotpSecret}, {user.HasTotp})
        on conflict (tenant_id, person_id) do update set password_hash = excluded.password_hash, password_set_at = excluded.password_set_at, stamp = excluded.stamp,
            totp_secret = excluded.totp_secret, has_totp = excluded.has_totp
        """, cancellationToken);

    // People are invited (Tenancy's People) and disabled, neither made nor deleted by Identity.
    public Task<IdentityResult> CreateAsync(SignInPerson user, CancellationToken cancellationToken) => throw new NotSupportedException("People are invited, by People.AddAsync.");

    public Task<IdentityResult> DeleteAsync(SignInPerson user, CancellationToken cancellationToken) => throw new NotSupportedException("People are disabled, never deleted: the audit trail names them.");

    public Task<string> GetUserIdAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult(user.Person.Id.Value.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.Email);

    public Task SetUserNameAsync(SignInPerson user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException("An email address stays: it is who the person is.");

    public Task<string?> GetNormalizedUserNameAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(EmailAddress.Key(user.Person.Email));

    // Identity writes the normalised forms back at each update; they are the person's and do not change.
    public Task SetNormalizedUserNameAsync(SignInPerson user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedEmailAsync(SignInPerson user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(SignInPerson user, CancellationToken cancellationToken) => GetNormalizedUserNameAsync(user, cancellationToken);

    public Task SetEmailAsync(SignInPerson user, string? email, CancellationToken cancellationToken) => SetUserNameAsync(user, email, cancellationToken);

    public Task<string?> GetEmailAsync(SignInPerson user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    // A password is only ever set by a link that went to the address, or by somebody who was signed in after such a link.
    public Task<bool> GetEmailConfirmedAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetEmailConfirmedAsync(SignInPerson user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetPasswordHashAsync(SignInPerson user, string? passwordHash, CancellationToken cancellationToken)
    {
        (user.PasswordHash, user.PasswordSetAt) = (passwordHash, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(SignInPerson user, string stamp, CancellationToken cancellationToken)
    {
        user.Stamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public Task SetTwoFactorEnabledAsync(SignInPerson user, bool enabled, CancellationToken cancellationToken)
    {
        user.HasTotp = enabled;
        if (!enabled) user.TotpSecret = null;
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(SignInPerson user, CancellationToken cancellationToken) => Task.FromResult(user.HasTotp);

    public Task SetAuthenticatorKeyAsync(SignInPerson user, string key, CancellationToken cancellationToken)
    {
        user.TotpSecret = protector.Protect(key);
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(SignInPerson user, CancellationToken cancellationToken)
    {
        if (user.TotpSecret is null) return Task.FromResult<string?>(null);
        try
        {
            return Task.FromResult<string?>(protector.Unprotect(user.TotpSecret));
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The second factor of this person can't be read: the installation's signing keys (tenancy.signing_key) are not those it was kept under.", e);
        }
    }

    /// <summary>True once for a time step of the second factor, false for it and all earlier ones from then on.</summary>
    public async Task<bool> TakeStepAsync(SignInPerson user, long step, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var isTaken = await db.ExecuteAsync($"""
            update tenancy.credential set totp_last_step = {step} where person_id = {user.Person.Id.Value} and coalesce(totp_last_step, 0) < {step}
            """, cancellationToken) > 0;
        await db.CommitAsync(cancellationToken);
        return isTaken;
    }

    public async Task ReplaceCodesAsync(SignInPerson user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await db.ExecuteAsync($"delete from tenancy.recovery_code where person_id = {user.Person.Id.Value}", cancellationToken);
        foreach (var code in recoveryCodes)
            await db.ExecuteAsync($"insert into tenancy.recovery_code (person_id, code_hash) values ({user.Person.Id.Value}, {RecoveryCode.Hash(user.Person.Id, code)})", cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    public async Task<bool> RedeemCodeAsync(SignInPerson user, string code, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var isRedeemed = await db.ExecuteAsync($"""
            update tenancy.recovery_code set used_at = {clock.GetUtcNow().UtcDateTime}
            where person_id = {user.Person.Id.Value} and code_hash = {RecoveryCode.Hash(user.Person.Id, code)} and used_at is null
            """, cancellationToken) > 0;
        await db.CommitAsync(cancellationToken);
        return isRedeemed;
    }

    public async Task<int> CountCodesAsync(SignInPerson user, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return (int)await db.ScalarAsync<long>($"select count(*) from tenancy.recovery_code where person_id = {user.Person.Id.Value} and used_at is null", cancellationToken);
    }
}
