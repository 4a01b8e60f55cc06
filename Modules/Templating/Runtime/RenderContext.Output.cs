using System.Globalization;
using System.Text;
using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

sealed partial class RenderContext
{
    private StringBuilder _output = new();
    private bool _atLineStart;

    /// <summary>The indentation that lines of values get; null outside a code block that stands alone on its line.</summary>
    public string? Indent { get; set; }

    public string Output => _output.ToString();

    /// <summary>The text of a value the way this render writes it.</summary>
    public string TextOf(object? value)
    {
        if (value is null or string or int or decimal or bool or SafeText) return Text.Of(value);
        if (value is not ScriptArray and not ScriptObject and not System.Collections.IEnumerable) return Text.Of(value, DateFormat);
        var builder = new StringBuilder();
        Text.Append(builder, value, DateFormat, Limits.StringLength, 0);
        _work += builder.Length;
        return builder.ToString();
    }

    /// <summary>Joins values to one text; as soon as one of them is safe, the others are escaped and the whole is safe.</summary>
    public object Concat(ReadOnlySpan<object?> values)
    {
        var safe = false;
        foreach (var value in values) safe |= value is SafeText;
        long length = 0;
        var parts = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            parts[i] = safe && EscapeHtml && values[i] is not SafeText ? Html.Escape(TextOf(values[i])) : TextOf(values[i]);
            length += parts[i].Length;
        }
        CheckText(length);
        _work += length;
        var text = string.Concat(parts);
        return safe ? new SafeText(text) : text;
    }

    /// <summary>Text of the template itself.</summary>
    public void WriteText(string text, Location at)
    {
        if (Indent is null) _output.Append(text);
        else WriteIndented(text);
        CheckOutput(at);
    }

    /// <summary>The result of an expression: escaped where escaping is on.</summary>
    public void Write(object? value, Location at)
    {
        if (value is null) return;
        try
        {
            if (Indent is not null)
            {
                var text = TextOf(value);
                WriteIndented(EscapeHtml && value is not SafeText ? Html.Escape(text) : text);
            }
            else if (value is int number)
            {
                _output.Append(CultureInfo.InvariantCulture, $"{number}");
            }
            else if (value is decimal amount)
            {
                _output.Append(CultureInfo.InvariantCulture, $"{amount}");
            }
            else if (EscapeHtml && value is not SafeText)
            {
                Html.Append(_output, TextOf(value));
            }
            else
            {
                _output.Append(TextOf(value));
            }
        }
        catch (ValueException e)
        {
            throw Error(at, e);
        }
        CheckOutput(at);
    }

    /// <summary>Starts (or, with null, ends) indenting: the code block's own indentation is in the output already.</summary>
    public void SetIndent(string? indent)
    {
        Indent = indent;
        _atLineStart = false;
    }

    private void WriteIndented(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (_atLineStart) _output.Append(Indent);
            var end = text.IndexOf('\n');
            _atLineStart = end >= 0;
            var line = end < 0 ? text : text[..(end + 1)];
            _output.Append(line);
            text = text[line.Length..];
        }
    }

    private void CheckOutput(Location at)
    {
        if (_output.Length > Limits.OutputLength)
            throw Error(at, TemplateErrorCodes.LimitOutput,
                $"The template writes more than {Limits.OutputLength} characters.");
    }
}
