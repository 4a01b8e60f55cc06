using Billing.Abstractions.Cdr;

namespace Billing.Abstractions.Plugins;

/// <summary>Where a plugin hands in what it brings.</summary>
public interface IPluginRegistry
{
    /// <summary>The plugin's <c>settings</c> from <c>plugins.json</c>, names and texts; empty when there are none.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Brings a CDR format.</summary>
    /// <exception cref="ArgumentException">Another plugin already brought a format with this id; the first one stays.</exception>
    void AddCdrFormat(ICdrFormat format);
}
