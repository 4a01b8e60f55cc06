using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Templating;
using Billing.Tenancy.Data;

namespace Billing.Delivery.Templates;

/// <summary>
/// A template with everything it may include, as text, under one hash: what an invoice is posted with and printed from, today or in ten years.
/// </summary>
public sealed class TemplateSet
{
    private readonly SortedDictionary<string, string> files;

    private TemplateSet(string name, SortedDictionary<string, string> files)
    {
        Name = name;
        this.files = files;
        var text = new StringBuilder(name).Append('\n');
        foreach (var (file, content) in files) text.Append(file).Append('\n').Append(content.Length).Append('\n').Append(content);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The file that is rendered, for example <c>standard.sbnhtml</c>.</summary>
    public string Name { get; }

    /// <summary>SHA-256 over the names and texts of all its files.</summary>
    public string Hash { get; }

    /// <summary>Reads a template and the files beside it.</summary>
    /// <param name="file">Path of the template; every file in its folder belongs to the set.</param>
    public static TemplateSet Read(string file)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!))
            files[Path.GetFileName(path)] = File.ReadAllText(path);
        var name = Path.GetFileName(file);
        return files.ContainsKey(name) ? new TemplateSet(name, files) : throw new FileNotFoundException($"There is no template '{file}'.", file);
    }

    /// <summary>Keeps the set in the tenant's database; keeping it again changes nothing.</summary>
    public Task KeepAsync(TenantDb db, DateTimeOffset keptAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"""
            insert into delivery.template (hash, name, files, kept_at) values ({Hash}, {Name}, {JsonSerializer.Serialize(files)}::jsonb, {keptAt.UtcDateTime})
            on conflict (tenant_id, hash) do nothing
            """, cancellationToken);
    }

    /// <summary>A set that was kept.</summary>
    /// <exception cref="InvalidOperationException">There is none with the hash, or its text was changed behind our back.</exception>
    public static async Task<TemplateSet> LoadAsync(TenantDb db, string hash, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var set = await db.FindAsync($"select name, files::text from delivery.template where hash = {hash}",
            row => new TemplateSet(row.Text(0), JsonSerializer.Deserialize<SortedDictionary<string, string>>(row.Text(1))!), cancellationToken);
        return set?.Hash == hash ? set : throw new InvalidOperationException($"The template {hash} is not as it was kept.");
    }

    /// <summary>Compiles the template with HTML escaping on.</summary>
    /// <exception cref="DocumentTemplateException">It is wrong; the message lists where.</exception>
    public DocumentTemplate Compile()
    {
        var compiled = Template.Compile(files[Name], new TemplateOptions { Name = Name, EscapeHtml = true, Loader = new Loader(files) });
        return compiled.Template is { } template ? new DocumentTemplate(template) : throw new DocumentTemplateException(string.Join(Environment.NewLine, compiled.Errors));
    }

    private sealed class Loader(SortedDictionary<string, string> files) : ITemplateLoader
    {
        public TemplateSource? Load(string name, string includingName) => files.TryGetValue(name, out var text) ? new TemplateSource(name, text) : null;
    }
}
