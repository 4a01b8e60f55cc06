using System.Text.RegularExpressions;

namespace Billing.Tidy.Tests.Tree;

public sealed partial class TextTest
{
    // Put together here, so that this file is not its own first finding.
    private static readonly string[] Strangers = [.. new[] { "clau|de", "chat|gpt", "copi|lot" }.Select(word => word.Replace("|", "", StringComparison.Ordinal))];
    private static readonly string Neighbour = string.Concat("..", "/shared");
    private static readonly Regex Workshop = new(string.Concat(@"(?<![\w.\-/])/wo", "rk/"), RegexOptions.CultureInvariant);

    [Fact]
    public void No_text_names_the_place_or_the_tools_it_was_made_with() =>
        Repository.Files.SelectMany(file => (Repository.LinesOf(file) ?? []).SelectMany((line, i) => Names(file, line).Select(name => $"{file}({i + 1}): {name}"))).ShouldBeEmpty();

    [Fact]
    public void Every_warning_that_is_switched_off_has_its_reason_on_its_line_or_the_line_above()
    {
        var bare = new List<string>();
        foreach (var file in Repository.Files)
        {
            var find = Path.GetExtension(file) switch
            {
                ".cs" or ".cshtml" or ".razor" => PragmaDisable(),
                ".csproj" or ".props" or ".targets" or ".proj" => NoWarn(),
                ".editorconfig" => SeverityNone(),
                _ => null,
            };
            if (find is null || Repository.LinesOf(file) is not { } lines) continue;
            for (var i = 0; i < lines.Length; i++)
                if (find.IsMatch(lines[i]) && !Comment().IsMatch(lines[i]) && (i == 0 || !Comment().IsMatch(lines[i - 1]))) bare.Add($"{file}({i + 1}): {lines[i].Trim()}");
        }
        bare.ShouldBeEmpty();
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        var solution = File.ReadAllText(Repository.PathOf("Billing.sln"));
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{f.Replace('/', '\\')}\"", StringComparison.Ordinal))
            .Select(f => $"dotnet sln Billing.sln add {f}").ShouldBeEmpty();
    }

    private static IEnumerable<string> Names(string file, string line)
    {
        if (line.Contains(Neighbour, StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)) yield return Neighbour;
        if (Workshop.IsMatch(line)) yield return "a path of the machine it was written on";
        foreach (var word in Strangers.Where(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))) yield return word;
    }

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable\b")]
    private static partial Regex PragmaDisable();

    [GeneratedRegex(@"<NoWarn\b|\bNoWarn=|<WarningsNotAsErrors\b|<TreatWarningsAsErrors>\s*false")]
    private static partial Regex NoWarn();

    [GeneratedRegex(@"severity\s*=\s*(none|silent|suggestion)\b")]
    private static partial Regex SeverityNone();

    // In C#, in XML, in .editorconfig.
    [GeneratedRegex(@"//\s*\S|-->|<!--|^\s*#\s+\S")]
    private static partial Regex Comment();
}
