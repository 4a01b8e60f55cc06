namespace Billing.Host.Plugins;

/// <summary>Whether a plugin works.</summary>
internal enum PluginState
{
    /// <summary>Loaded and in use.</summary>
    Loaded,

    /// <summary>Switched off in <c>plugins.json</c>.</summary>
    Disabled,

    /// <summary>Switched off because it failed; see the reason.</summary>
    Quarantined,
}
