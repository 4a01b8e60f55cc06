using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Host.Plugins;

/// <summary>The file that lists the plugins.</summary>
internal sealed partial record PluginManifest(IReadOnlyList<PluginEntry> Plugins)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="UsageException">It is missing or wrong; the message says where.</exception>
    public static PluginManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(path), Form.Default.PluginManifest);
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

    // Written by the compiler: finding out by reflection takes a while of each start.
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(PluginManifest))]
    private sealed partial class Form : JsonSerializerContext;
}
