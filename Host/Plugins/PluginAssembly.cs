using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Billing.Host.Plugins;

/// <summary>What can be learned of a plugin's assembly without running any of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Contract">Version of the contract it was built against; null when it does not use the contract.</param>
/// <param name="References">Everything it refers to.</param>
internal sealed record PluginAssembly(string Path, Version? Contract, IReadOnlyList<AssemblyName> References)
{
    /// <summary>The plugin's own assembly: the one with a list of dependencies beside it, in the folder or in its <c>bin</c>.</summary>
    public static string? Find(string folder)
    {
        foreach (var place in new[] { folder, System.IO.Path.Combine(folder, "bin") })
        {
            if (!Directory.Exists(place)) continue;
            var assemblies = Directory.EnumerateFiles(place, "*.deps.json").Order(StringComparer.Ordinal)
                .Select(deps => deps[..^".deps.json".Length] + ".dll").Where(File.Exists).ToList();
            if (assemblies.Count > 0) return assemblies[0];
        }
        return null;
    }

    public static PluginAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) throw new BadImageFormatException("It is not a .NET assembly.");
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()).ToList();
        return new PluginAssembly(path, references.FirstOrDefault(r => r.Name == PluginContext.ContractName)?.Version, references);
    }

    /// <summary>Why it can't be loaded, or null.</summary>
    public string? Refuse(PluginContext context)
    {
        var ours = PluginContext.ContractVersion;
        if (Contract is not { } theirs) return $"It is no plugin: it does not use {PluginContext.ContractName}.";
        if (theirs.Major != ours.Major || theirs.Minor > ours.Minor)
            return $"It was built against version {theirs.Major}.{theirs.Minor} of the contract; this host has {ours.Major}.{ours.Minor}. Build it again against {PluginContext.ContractName} {ours.Major}.{ours.Minor}.";
        var missing = References.Where(reference => !context.CanResolve(reference)).Select(reference => reference.Name).ToList();
        if (missing.Count > 0) return $"It needs {string.Join(", ", missing)}, which is not in its folder. Publish the plugin with its dependencies.";
        return context.Incomplete is { } details ? $"Its folder lacks files that its list of dependencies names. Publish the plugin with its dependencies. {details}" : null;
    }
}
