namespace Billing.Host.Plugins;

/// <summary>One line of <c>plugins.json</c>.</summary>
/// <param name="Id">What people and messages call the plugin.</param>
/// <param name="Path">Its folder, relative to <c>plugins.json</c>.</param>
/// <param name="Kind"><c>cdr</c>, <c>payments</c> or <c>accounting</c>.</param>
internal sealed record PluginEntry(string Id, string Path, string Kind)
{
    public bool Enabled { get; init; } = true;

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
