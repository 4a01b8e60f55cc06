namespace Billing.Host.Plugins;

/// <summary>A plugin as the host has it.</summary>
internal sealed class HostedPlugin(PluginEntry entry)
{
    private readonly Lock gate = new();

    public PluginEntry Entry { get; } = entry;

    public PluginState State { get; private set; } = entry.Enabled ? PluginState.Loaded : PluginState.Disabled;

    /// <summary>Why it is switched off; null while it works.</summary>
    public string? Reason { get; private set; }

    /// <summary>Version of the contract it was built against; null before that is known.</summary>
    public Version? Contract { get; set; }

    /// <summary>Version of its assembly; null before it was loaded.</summary>
    public string? Version { get; set; }

    /// <summary>Ids of the formats it brought.</summary>
    public IReadOnlyList<string> Formats { get; set; } = [];

    /// <summary>Switches it off. The first reason stays: what follows is often only its echo.</summary>
    public void Quarantine(string reason)
    {
        lock (gate)
        {
            if (State == PluginState.Quarantined) return;
            (State, Reason) = (PluginState.Quarantined, reason);
        }
    }
}
