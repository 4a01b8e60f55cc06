namespace Billing.Templating;

/// <summary>Includes from one folder and what is below it, never from outside.</summary>
/// <remarks>
/// A name is relative to the folder of the template that includes it. Absolute names, <c>..</c> and links that lead out of the folder
/// are treated as not there, so that an error tells an editor nothing about the machine.
/// </remarks>
public sealed class FolderTemplateLoader : ITemplateLoader
{
    private readonly string _root;

    /// <param name="folder">Must exist.</param>
    public FolderTemplateLoader(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _root = Real(Path.GetFullPath(folder));
    }

    /// <inheritdoc/>
    public TemplateSource? Load(string name, string includingName)
    {
        if (!IsPlain(name)) return null;
        var folder = Path.GetDirectoryName(includingName) ?? "";
        var relative = folder.Length == 0 ? name : $"{folder.Replace('\\', '/')}/{name}";
        if (!IsPlain(relative)) return null;

        var path = Path.GetFullPath(Path.Combine(_root, relative));
        if (!File.Exists(path) || !IsInside(Real(path))) return null;
        return new TemplateSource(relative, File.ReadAllText(path));
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 500 && !Path.IsPathRooted(name) && !name.Contains('\\') && !name.Contains(':') && !name.Contains('\0')
        && !name.Split('/').Any(part => part is "" or "." or "..");

    private bool IsInside(string path) => path.StartsWith(_root.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The path with every link on the way followed.</summary>
    private static string Real(string path)
    {
        var root = Path.GetPathRoot(path) ?? "/";
        var current = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, part);
            FileSystemInfo info = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target) current = target.FullName;
        }
        return current;
    }
}
