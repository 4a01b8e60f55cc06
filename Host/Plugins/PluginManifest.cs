using System.Text.Json;

namespace Billing.Host.Plugins;

/// <summary>The file that lists the plugins.</summary>
internal sealed record PluginManifest(IReadOnlyList<PluginEntry> Plugins)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the file.</summary>
    /// <exception cref="UsageException">It is missing or wrong; the message says where.</exception>
    public static PluginManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<PluginManifest>(File.ReadAllText(path), Json);
            return manifest is { Plugins: not null } ? manifest : throw new UsageException("plugins.bad-manifest", $"{path} has no 'plugins'.");
        }
        catch (JsonException e)
        {
            throw new UsageException("plugins.bad-manifest", $"{path}, line {e.LineNumber + 1}: {e.Message}");
        }
        catch (IOException e)
        {
            throw new UsageException("plugins.bad-manifest", $"{path} can't be read: {e.Message}");
        }
    }
}
