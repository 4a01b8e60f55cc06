using System.Diagnostics.CodeAnalysis;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Identity;

namespace Billing.Access.Identity;

/// <summary>Identity compares names in the form that the database keeps them in.</summary>
internal sealed class EmailForm : ILookupNormalizer
{
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name is null ? null : EmailAddress.Key(name);

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
