using System.Reflection;
using System.Runtime.Loader;
using Billing.Abstractions.Plugins;

namespace Billing.Host.Plugins;

/// <summary>
/// A plugin's own load context: it shares the contract with the host and sees nothing else of ours; its own dependencies come from its folder,
/// so two plugins may use two versions of the same library.
/// </summary>
internal sealed class PluginContext : AssemblyLoadContext
{
    private static readonly Assembly Contract = typeof(IPlugin).Assembly;

    private readonly string folder;
    private readonly AssemblyDependencyResolver? resolver;

    public PluginContext(string assemblyPath) : base(Path.GetFileNameWithoutExtension(assemblyPath), isCollectible: true)
    {
        folder = Path.GetDirectoryName(assemblyPath)!;
        try
        {
            resolver = new AssemblyDependencyResolver(assemblyPath);
        }
        catch (InvalidOperationException e)
        {
            // The list of dependencies names a file that is not there. Which reference of the plugin's lacks it says more than this message.
            Incomplete = e.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>What is wrong with the folder; null when every file is there that the list of dependencies names.</summary>
    public string? Incomplete { get; }

    public static string ContractName { get; } = Contract.GetName().Name!;

    public static Version ContractVersion { get; } = Contract.GetName().Version!;

    public bool CanResolve(AssemblyName name)
    {
        if (name.Name == ContractName || resolver?.ResolveAssemblyToPath(name) is not null) return true;
        if (resolver is null && File.Exists(Path.Combine(folder, name.Name + ".dll"))) return true;
        if (IsOurs(name)) return false;
        try
        {
            return Default.LoadFromAssemblyName(name) is not null;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return false;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == ContractName) return Contract;
        if (resolver?.ResolveAssemblyToPath(assemblyName) is { } path) return LoadFromAssemblyPath(path);
        return IsOurs(assemblyName)
            ? throw new FileNotFoundException($"A plugin may use {ContractName} and nothing else of the host; it asks for {assemblyName.Name}.")
            : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsOurs(AssemblyName name) => name.Name?.StartsWith("Billing.", StringComparison.Ordinal) == true;
}
