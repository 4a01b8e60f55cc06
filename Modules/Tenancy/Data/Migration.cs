using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Tenancy.Data;

/// <summary>One step of a module's schema, a <c>.sql</c> file embedded in its assembly. Once released it is never edited.</summary>
/// <param name="Name">Module and file, for example <c>usage/0001-calls</c>; applied in the order given.</param>
/// <param name="Text">The SQL.</param>
public sealed record Migration(string Name, string Text)
{
    /// <summary>SHA-256 of the text: a step that was edited after it ran is noticed.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The steps embedded in a module's assembly under <c>Migrations</c>, in the order of their names.</summary>
    public static IEnumerable<Migration> Of(Assembly module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var name = module.GetName().Name!;
        var prefix = name + ".Migrations.";
        foreach (var resource in module.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(module.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var file = resource[prefix.Length..^".sql".Length];
            yield return new Migration($"{name["Billing.".Length..].ToLowerInvariant()}/{file}", reader.ReadToEnd());
        }
    }
}
