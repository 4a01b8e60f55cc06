namespace Billing.Host.Plugins;

/// <summary>One line of <c>plugins.json</c>.</summary>
/// <param name="Id">What people and messages call the plugin.</param>
/// <param name="Path">Its folder, relative to <c>plugins.json</c>.</param>
/// <param name="Kind"><c>cdr</c>, <c>payments</c> or <c>accounting</c>.</param>
/// <param name="Enabled">False leaves it out.</param>
/// <param name="Settings">What it is told; nothing where the line has none.</param>
internal sealed record PluginEntry(string Id, string Path, string Kind, bool Enabled = true, IReadOnlyDictionary<string, string>? Settings = null)
{
    public IReadOnlyDictionary<string, string> Settings { get; } = Settings ?? new Dictionary<string, string>(StringComparer.Ordinal);
}
