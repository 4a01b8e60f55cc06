using System.CommandLine;
using Billing.Tenancy.Tenants;

namespace Billing.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Folder of the embedded database. Ignored when ConnectionStrings__Billing names a server.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BILLING_DATA") is { Length: > 0 } folder ? folder : Home.File("data"),
        Recursive = true,
    };

    public static Option<string?> Tenant() => new("--tenant")
    {
        Description = "The reseller, by its short name. May be left out when there is only one.",
        HelpName = "NAME",
    };

    /// <summary>The tenant that was named, or the only one there is.</summary>
    public static async Task<Tenant> ChooseAsync(Installation installation, string? slug, CancellationToken cancellationToken)
    {
        var directory = new TenantDirectory(installation.Database);
        var all = await directory.ListAsync(cancellationToken);
        if (slug is null && all.Count == 1) return await directory.GetAsync(all[0].Id, cancellationToken);
        var names = all.Count == 0 ? "There is none yet: './billing demo' makes one." : $"There are: {string.Join(", ", all.Select(t => t.Slug))}.";
        return slug is not null && await directory.FindAsync(slug, cancellationToken) is { } tenant
            ? tenant
            : throw new UsageException("tenant.unknown", slug is null ? $"Say which tenant with --tenant. {names}" : $"There is no tenant '{slug}'. {names}");
    }
}
