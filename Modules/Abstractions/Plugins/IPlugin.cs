namespace Billing.Abstractions.Plugins;

/// <summary>
/// The one class of a plugin that the host looks for: public, not abstract, with a constructor without parameters. It is made once when the
/// plugin is loaded. Whatever it throws switches this plugin off, with its name and the reason on screen; the host and the others go on.
/// </summary>
public interface IPlugin
{
    /// <summary>Says what the plugin brings. Called once, before any work; keep it quick and free of outside calls.</summary>
    void Register(IPluginRegistry registry);
}
