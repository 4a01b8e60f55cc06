using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Usage.Import;

namespace Billing.Host.Plugins;

/// <summary>
/// Loads what <c>plugins.json</c> lists. A plugin that cannot be loaded, throws, or was built for another contract is switched off with its
/// name and the reason; the host and the other plugins go on.
/// </summary>
internal sealed class PluginHost
{
    private PluginHost(IReadOnlyList<HostedPlugin> plugins, CdrFormatCatalog formats)
    {
        Plugins = plugins;
        Formats = formats;
    }

    public IReadOnlyList<HostedPlugin> Plugins { get; }

    public CdrFormatCatalog Formats { get; }

    public static PluginHost Load(string manifestPath) => Load(PluginManifest.Read(manifestPath), manifestPath);

    /// <summary>Loads what was read already; paths are relative to where the list lies.</summary>
    public static PluginHost Load(PluginManifest manifest, string manifestPath)
    {
        var formats = new CdrFormatCatalog();
        var plugins = new List<HostedPlugin>();
        foreach (var entry in manifest.Plugins)
        {
            var plugin = new HostedPlugin(entry);
            if (plugins.Any(p => p.Entry.Id == entry.Id)) plugin.Quarantine($"Another plugin is called '{entry.Id}' already.");
            else if (entry.Enabled) Load(plugin, Path.GetFullPath(entry.Path, Path.GetDirectoryName(Path.GetFullPath(manifestPath))!), formats);
            plugins.Add(plugin);
        }
        return new PluginHost(plugins, formats);
    }

    private static void Load(HostedPlugin plugin, string folder, CdrFormatCatalog formats)
    {
        PluginContext? context = null;
        var added = new List<string>();
        try
        {
            if (PluginAssembly.Find(folder) is not { } path)
            {
                plugin.Quarantine(Directory.Exists(folder) ? $"There is no built plugin in '{folder}'. Build it first." : $"There is no folder '{folder}'.");
                return;
            }
            var assembly = PluginAssembly.Read(path);
            plugin.Contract = assembly.Contract;
            context = new PluginContext(path);
            if (assembly.Refuse(context) is { } reason)
            {
                plugin.Quarantine(reason);
                return;
            }
            var loaded = context.LoadFromAssemblyPath(path);
            plugin.Version = loaded.GetName().Version?.ToString(3);
            var types = loaded.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IPlugin))).ToList();
            if (types.Count != 1)
            {
                plugin.Quarantine($"It needs one public class that implements {nameof(IPlugin)}; it has {types.Count}.");
                return;
            }
            var registry = new Registry(plugin);
            ((IPlugin)Activator.CreateInstance(types[0])!).Register(registry);
            foreach (var format in registry.Brought)
            {
                formats.Add(format);
                added.Add(format.Info.Id);
            }
            plugin.Formats = added;
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws is his plugin's failure, never the host's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            plugin.Quarantine(Describe(e));
            // Only what came from this plugin: a format of the same id that was there before stays.
            foreach (var id in added) formats.Remove(id);
        }
        finally
        {
            if (plugin.State == PluginState.Quarantined) context?.Unload();
        }
    }

    internal static string Describe(Exception e)
    {
        var cause = e is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : e;
        return $"It threw {cause.GetType().Name}: {cause.Message}";
    }

    private sealed class Registry(HostedPlugin plugin) : IPluginRegistry
    {
        private readonly List<ICdrFormat> brought = [];

        public IReadOnlyList<ICdrFormat> Brought => brought;

        public IReadOnlyDictionary<string, string> Settings => plugin.Entry.Settings;

        public void AddCdrFormat(ICdrFormat format)
        {
            ArgumentNullException.ThrowIfNull(format);
            if (brought.Any(f => f.Info.Id == format.Info.Id)) throw new ArgumentException($"There is a format '{format.Info.Id}' already.", nameof(format));
            brought.Add(new GuardedCdrFormat(plugin, format));
        }
    }
}
