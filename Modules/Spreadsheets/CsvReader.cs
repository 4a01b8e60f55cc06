using System.Text;

namespace Billing.Spreadsheets;

/// <summary>
/// Rows of a comma- or semicolon-separated text with the usual quoting: a field in double quotes may hold separators, line ends
/// and doubled quotes.
/// </summary>
/// <param name="text">From its beginning.</param>
/// <param name="separator">What stands between fields.</param>
public sealed class CsvReader(TextReader text, char separator)
{
    /// <summary>Longer than any honest row; a forgotten closing quote would otherwise swallow the rest of the file.</summary>
    public const int LongestField = 10_000;

    private readonly StringBuilder field = new();
    private int line = 1;

    /// <summary>The separator of a header line: whichever of semicolon, tab and comma it has, a comma where it has that one too.</summary>
    public static char SeparatorOf(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Contains(',', StringComparison.Ordinal)) return ',';
        return header.Contains(';', StringComparison.Ordinal) ? ';' : header.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
    }

    /// <summary>The next row that is not blank; null at the end.</summary>
    /// <exception cref="FormatException">A quote is never closed, or a field is longer than <see cref="LongestField"/>; the message names the line.</exception>
    public (int Line, List<string> Fields)? Next()
    {
        while (text.Peek() >= 0)
        {
            var start = line;
            var fields = new List<string>();
            while (ReadField(fields, start)) { }
            if (fields.Count > 1 || fields[0].Length > 0) return (start, fields);
        }
        return null;
    }

    /// <returns>True when another field of the row follows.</returns>
    private bool ReadField(List<string> fields, int start)
    {
        field.Clear();
        var isQuoted = false;
        while (true)
        {
            var c = text.Read();
            if (c == '"' && isQuoted)
            {
                if (text.Peek() != '"') isQuoted = false;
                else field.Append((char)text.Read());
                continue;
            }
            if (c == '"' && field.Length == 0)
            {
                isQuoted = true;
                continue;
            }
            if (c < 0 && isQuoted) throw new FormatException($"line {start}: a field begins with a quote that is never closed.");
            if (c == '\n') line++;
            if (!isQuoted && (c < 0 || c == '\n' || c == separator))
            {
                fields.Add(field.ToString().Trim());
                return c == separator;
            }
            if (field.Length == LongestField)
                throw new FormatException($"line {start}: a field is longer than {LongestField} characters. Is a closing quote missing?");
            field.Append((char)c);
        }
    }
}
