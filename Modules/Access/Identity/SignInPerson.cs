using Billing.Tenancy.Users;

namespace Billing.Access.Identity;

/// <summary>A person together with what proves that it is them: what ASP.NET Core Identity calls a user.</summary>
internal sealed class SignInPerson(Person person)
{
    public Person Person { get; } = person;

    public string? PasswordHash { get; set; }

    public DateTimeOffset? PasswordSetAt { get; set; }

    public string Stamp { get; set; } = "";

    /// <summary>Encrypted; only <see cref="PersonStore"/> reads it.</summary>
    public string? TotpSecret { get; set; }

    public bool HasTotp { get; set; }
}
