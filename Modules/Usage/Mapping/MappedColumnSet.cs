using System.Diagnostics.CodeAnalysis;
using System.Text;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Mapping;

/// <summary>The columns that a mapping looks at, each once. Those that go by name are found anew in the heading of each file.</summary>
internal sealed class MappedColumnSet
{
    private readonly List<(MappedColumn Column, byte[] Name)> columns = [];
    private int[]? places;

    /// <summary>True when some go by name, so that a file must have a heading.</summary>
    public bool HasNames { get; private set; }

    /// <summary>Where the columns are when none goes by name; by index.</summary>
    public int[] Places => places ??= [.. columns.Select(one => one.Column.Position)];

    /// <summary>Takes a column in.</summary>
    /// <returns>Its index.</returns>
    public int Add(MappedColumn column)
    {
        var known = columns.FindIndex(one => one.Column == column);
        if (known >= 0) return known;
        HasNames |= column.Name is not null;
        columns.Add((column, Encoding.UTF8.GetBytes(column.Name ?? "")));
        return columns.Count - 1;
    }

    /// <summary>Looks for the names in a heading.</summary>
    public bool TryFind(ref CdrLine heading, out int[] found, [NotNullWhen(false)] out string? missing)
    {
        found = new int[columns.Count];
        missing = null;
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = columns[i].Column.Position;
            for (var field = 1; found[i] == 0 && field <= heading.FieldCount; field++)
                if (heading.Is(field, columns[i].Name)) found[i] = field;
            if (found[i] > 0) continue;
            missing = columns[i].Column.Name!;
            return false;
        }
        return true;
    }
}
