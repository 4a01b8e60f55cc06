using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Billing.Tenancy.Users;

/// <summary>Email addresses as names of people: what counts as one, and when two are the same.</summary>
public static class EmailAddress
{
    private const int Longest = 254;

    /// <summary>Reads an address; false for what mail can't be sent to.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="email">Without the space around it.</param>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? email)
    {
        email = text?.Trim();
        if (email is null || email.Length > Longest || email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')')) email = null;
        else
        {
            var at = email.IndexOf('@', StringComparison.Ordinal);
            var domain = email[(at + 1)..];
            if (at is < 1 or > 64 || domain.Length == 0 || domain.Contains('@', StringComparison.Ordinal) || domain.Split('.').Any(part => part.Length == 0)) email = null;
        }
        return email is not null;
    }

    /// <summary>
    /// The form two addresses are compared in: letter case and compatible forms of the same letters make no difference. Strictly, the part
    /// before the @ may; no mail system in use does, and a person who types a capital on a telephone is the same person.
    /// </summary>
    public static string Key(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return email.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}
