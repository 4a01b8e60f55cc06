using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

/// <summary>Cuts a template into text blocks and the tokens of its code blocks.</summary>
sealed partial class Lexer(string source, string file, TemplateLimits limits, List<TemplateError> errors)
{
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _interpolations;

    /// <summary>What the end of a code or escape block takes from the text after it.</summary>
    private enum Strip { None, Line, All }

    public List<Token> Tokenize(bool codeOnly, bool frontMatter)
    {
        try
        {
            if (codeOnly)
            {
                LexCode(_tokens, CodeEnd.EndOfFile);
            }
            else
            {
                if (frontMatter) FrontMatter();
                TextAndBlocks();
            }
        }
        catch (SyntaxException e)
        {
            errors.Add(e.Error);
        }
        _tokens.Add(new Token(TokenKind.EndOfFile, "the end of the template", null, Here, true));
        return _tokens;
    }

    private Location Here => At(_position);

    private Location At(int position) => new(file, _line, position - _lineStart + 1);

    private char Current => _position < source.Length ? source[_position] : '\0';

    private char Ahead(int count) => _position + count < source.Length ? source[_position + count] : '\0';

    private bool Is(string text) => source.AsSpan(_position).StartsWith(text, StringComparison.Ordinal);

    private void Advance()
    {
        if (source[_position] == '\n')
        {
            _line++;
            _lineStart = _position + 1;
        }
        _position++;
    }

    private void AdvanceTo(int position)
    {
        while (_position < position) Advance();
    }

    private void FrontMatter()
    {
        if (!Is("+++\n") && !Is("+++\r\n")) return;
        AdvanceTo(source.IndexOf('\n') + 1);
        _tokens.Add(new Token(TokenKind.CodeEnter, "+++", null, Here, false));
        LexCode(_tokens, CodeEnd.FrontMatter);
        var end = source.IndexOf('\n', _position);
        AdvanceTo(end < 0 ? source.Length : end + 1);
        _tokens.Add(new Token(TokenKind.CodeExit, "+++", null, Here, false));
    }

    private void TextAndBlocks()
    {
        var strip = Strip.None;
        while (_position < source.Length)
        {
            var start = TextStart(strip);
            var location = Here;
            var open = FindBlock(out var percents);
            AdvanceTo(open < 0 ? source.Length : open);
            if (open < 0)
            {
                AddText(start, source.Length, location);
                return;
            }

            // {{ or {%{ with an optional sign that takes white space from the text before it.
            var sign = source.ElementAtOrDefault(open + percents + 2);
            var end = open;
            if (sign == '-') end = TrimEnd(start, open, wholeLines: true);
            else if (sign == '~') end = TrimEnd(start, open, wholeLines: false);
            AddText(start, end, location);

            if (percents == 0)
            {
                var indent = sign is '-' or '~' ? null : IndentBefore(start, open);
                _tokens.Add(new Token(TokenKind.CodeEnter, "{{", indent, Here, false));
                AdvanceTo(open + 2 + (sign is '-' or '~' ? 1 : 0));
                LexCode(_tokens, CodeEnd.Braces);
                strip = CodeExit();
            }
            else
            {
                AdvanceTo(open + percents + 2 + (sign is '-' or '~' ? 1 : 0));
                strip = EscapeBlock(percents);
            }
        }
    }

    /// <summary>Skips what the previous block's end takes away and returns where the text begins.</summary>
    private int TextStart(Strip strip)
    {
        if (strip == Strip.All)
        {
            while (_position < source.Length && char.IsWhiteSpace(source[_position])) Advance();
        }
        else if (strip == Strip.Line)
        {
            while (_position < source.Length && source[_position] is ' ' or '\t' or '\r' or '\v' or '\f') Advance();
            if (Current == '\n') Advance();
        }
        return _position;
    }

    private int FindBlock(out int percents)
    {
        for (var i = _position; (i = source.IndexOf('{', i)) >= 0; i++)
        {
            percents = 0;
            var next = i + 1;
            while (next < source.Length && source[next] == '%')
            {
                percents++;
                next++;
            }
            if (next < source.Length && source[next] == '{') return i;
        }
        percents = 0;
        return -1;
    }

    private int TrimEnd(int start, int end, bool wholeLines)
    {
        while (end > start && (wholeLines ? char.IsWhiteSpace(source[end - 1]) : source[end - 1] is ' ' or '\t' or '\r' or '\v' or '\f')) end--;
        return end;
    }

    /// <summary>The white space between the start of the line and a code block, when there is nothing else on that side.</summary>
    private string? IndentBefore(int start, int open)
    {
        var i = open;
        while (i > start && source[i - 1] is ' ' or '\t') i--;
        if (i == open || (i > 0 && source[i - 1] != '\n')) return null;
        return source[i..open];
    }

    private void AddText(int start, int end, Location location)
    {
        if (end > start) _tokens.Add(new Token(TokenKind.Text, source[start..end], null, location, false));
    }

    private Strip CodeExit()
    {
        var strip = Current switch { '-' => Strip.All, '~' => Strip.Line, _ => Strip.None };
        _tokens.Add(new Token(TokenKind.CodeExit, "}}", null, Here, true));
        AdvanceTo(Math.Min(source.Length, _position + (strip == Strip.None ? 2 : 3)));
        return strip;
    }

    private Strip EscapeBlock(int percents)
    {
        var opened = Here;
        var close = "}" + new string('%', percents) + "}";
        var end = source.IndexOf(close, _position, StringComparison.Ordinal);
        if (end < 0) throw Error(opened, $"The escape block that starts here is not closed by `{close}`.");
        var strip = end > _position ? source[end - 1] switch { '-' => Strip.All, '~' => Strip.Line, _ => Strip.None } : Strip.None;
        AddText(_position, strip == Strip.None ? end : end - 1, opened);
        AdvanceTo(end + close.Length);
        return strip;
    }

    private static SyntaxException Error(Location at, string message, string code = TemplateErrorCodes.Syntax) =>
        new(new TemplateError(code, at.File, at.Line, at.Column, message));
}
