namespace Billing.Abstractions.Plugins;

/// <summary>Where a plugin of version 99 hands in what it brings.</summary>
public interface IPluginRegistry
{
    /// <summary>The plugin's settings.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }
}
