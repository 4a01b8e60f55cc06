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

    public static PluginHost Load(string manifestPath)
    {
        var formats = new CdrFormatCatalog();
        var plugins = new List<HostedPlugin>();
        foreach (var entry in PluginManifest.Read(manifestPath).Plugins)
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
        var brought = new List<ICdrFormat>();
        try
        {
            if (PluginAssembly.Find(folder) is not { } path)
            {
                plugin.Quarantine(Directory.Exists(folder) ? $"There is no built plugin in '{folder}'. Build it first." : $"There is no folder '{folder}'.");
                return;
            }
            var assembly = PluginAssembly.Read(path);
            plugin.Contract = assembly.Contract;
            var context = new PluginContext(path);
            if (assembly.Refuse(context) is { } reason)
            {
                plugin.Quarantine(reason);
                context.Unload();
                return;
            }
            var type = context.LoadFromAssemblyPath(path).GetExportedTypes().SingleOrDefault(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IPlugin)));
            if (type is null)
            {
                plugin.Quarantine($"It has no public class (or more than one) that implements {nameof(IPlugin)}.");
                return;
            }
            var registry = new Registry(plugin, brought);
            ((IPlugin)Activator.CreateInstance(type)!).Register(registry);
            foreach (var format in brought) formats.Add(format);
            plugin.Formats = [.. brought.Select(f => f.Info.Id)];
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws is his plugin's failure, never the host's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            plugin.Quarantine(Describe(e));
            foreach (var format in brought) formats.Remove(format.Info.Id);
        }
    }

    internal static string Describe(Exception e)
    {
        var cause = e is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : e;
        return $"It threw {cause.GetType().Name}: {cause.Message}";
    }

    private sealed class Registry(HostedPlugin plugin, List<ICdrFormat> brought) : IPluginRegistry
    {
        public IReadOnlyDictionary<string, string> Settings => plugin.Entry.Settings;

        public void AddCdrFormat(ICdrFormat format)
        {
            ArgumentNullException.ThrowIfNull(format);
            if (brought.Any(f => f.Info.Id == format.Info.Id)) throw new ArgumentException($"There is a format '{format.Info.Id}' already.", nameof(format));
            brought.Add(new GuardedCdrFormat(plugin, format));
        }
    }
}
