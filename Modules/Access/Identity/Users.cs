using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Billing.Access.Identity;

/// <summary>Identity's users, with recovery codes of our own making.</summary>
internal sealed class Users(
    PersonStore store, IOptions<IdentityOptions> options, IPasswordHasher<SignInPerson> hasher, IEnumerable<IPasswordValidator<SignInPerson>> passwordRules,
    ILookupNormalizer normaliser, IdentityErrorDescriber words, IServiceProvider services, ILogger<UserManager<SignInPerson>> log)
    : UserManager<SignInPerson>(store, options, hasher, [], passwordRules, normaliser, words, services, log)
{
    protected override string CreateTwoFactorRecoveryCode() => RecoveryCode.Make();
}
