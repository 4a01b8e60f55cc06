using Microsoft.AspNetCore.Identity;

namespace Billing.Access.Identity;

/// <summary>
/// Refuses passwords that a list of guesses begins with. Length is what makes a password strong; rules about capitals and digits only make people
/// write "Password1!".
/// </summary>
internal sealed class PasswordRule : IPasswordValidator<SignInPerson>
{
    /// <summary>Shortest password.</summary>
    public const int MinimumLength = 12;

    /// <summary>Longest password: hashing is slow on purpose, and a megabyte of it would be an attack.</summary>
    public const int MaximumLength = 200;

    private static readonly string[] Guessed = ["password", "passwort", "qwerty", "123456", "letmein", "welcome", "iloveyou", "abcdef", "billing", "changeme", "administrator"];

    public Task<IdentityResult> ValidateAsync(UserManager<SignInPerson> manager, SignInPerson user, string? password)
    {
        var text = password ?? "";
        var why = text.Length > MaximumLength ? $"It is longer than {MaximumLength} characters."
            : LeftOver(text, user) < MinimumLength / 2 ? "It is too easy to guess: it consists of your name, your address or a common word."
            : null;
        return Task.FromResult(why is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "password.weak", Description = why }));
    }

    // What remains to be guessed once the obvious parts are known.
    private static int LeftOver(string password, SignInPerson user)
    {
        var rest = password.ToLowerInvariant();
        var known = user.Person.Email.Split('@', '.', '-', '_').Concat(user.Person.Name.Split(' ')).Where(part => part.Length > 2).Concat(Guessed);
        foreach (var part in known.OrderByDescending(part => part.Length)) rest = rest.Replace(part.ToLowerInvariant(), "", StringComparison.Ordinal);
        return rest.Length;
    }
}
