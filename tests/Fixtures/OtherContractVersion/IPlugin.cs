namespace Billing.Abstractions.Plugins;

/// <summary>The entry of a plugin, as version 99 may have it.</summary>
public interface IPlugin
{
    /// <summary>Says what the plugin brings.</summary>
    void Register(IPluginRegistry registry);
}
