namespace Billing.Templating.Tests;

/// <summary>
/// One example from Spec/*.txt: a line <c>=== name</c>, perhaps a line <c>model: {…}</c>, the template, a line <c>---</c> and what it
/// gives; or <c>!line,column code</c> for the error. The line break before <c>---</c> and before the next example belongs to neither.
/// </summary>
public sealed record SpecCase(string File, string Name, string? Model, string Template, string Expected)
{
    public static IEnumerable<SpecCase> All() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Spec"), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read);

    private static IEnumerable<SpecCase> Read(string path)
    {
        var text = System.IO.File.ReadAllText(path);
        foreach (var part in ("\n" + text).Split("\n=== ").Skip(1))
        {
            var name = part[..part.IndexOf('\n', StringComparison.Ordinal)];
            var rest = part[(name.Length + 1)..];
            string? model = null;
            if (rest.StartsWith("model: ", StringComparison.Ordinal))
            {
                var end = rest.IndexOf('\n', StringComparison.Ordinal);
                model = rest["model: ".Length..end];
                rest = rest[(end + 1)..];
            }
            var cut = ("\n" + rest).IndexOf("\n---\n", StringComparison.Ordinal);
            if (cut < 0) throw new InvalidDataException($"{path}: the example `{name}` has no `---`.");
            var template = rest[..Math.Max(0, cut - 1)];
            var expected = rest[(cut + 4)..];
            yield return new SpecCase(Path.GetFileNameWithoutExtension(path), name, model, template, expected.EndsWith('\n') ? expected[..^1] : expected);
        }
    }

    public override string ToString() => $"{File}: {Name}";
}
