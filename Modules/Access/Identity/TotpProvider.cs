using Microsoft.AspNetCore.Identity;

namespace Billing.Access.Identity;

/// <summary>
/// Takes the codes of authenticator apps, each once. Identity's own provider reads the machine's clock and takes the same code again as long as it lasts.
/// </summary>
internal sealed class TotpProvider(PersonStore store, TimeProvider clock) : IUserTwoFactorTokenProvider<SignInPerson>
{
    public Task<string> GenerateAsync(string purpose, UserManager<SignInPerson> manager, SignInPerson user) => throw new NotSupportedException("The person's own device makes the code.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<SignInPerson> manager, SignInPerson user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { } key) return false;
        var code = new string([.. token.Where(char.IsAsciiDigit)]);
        return Totp.Find(Totp.Secret(key), code, clock.GetUtcNow()) is { } step && await store.TakeStepAsync(user, step, CancellationToken.None);
    }

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<SignInPerson> manager, SignInPerson user) => Task.FromResult(user.HasTotp);
}
