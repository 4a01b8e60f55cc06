using System.Globalization;
using System.Text;

namespace Billing.Templating.Parsing;

sealed partial class Lexer
{
    private string QuotedString()
    {
        var opened = Here;
        var quote = Current;
        Advance();
        var text = new StringBuilder();
        while (Current != quote || _position >= source.Length)
        {
            if (_position >= source.Length) throw Error(opened, $"The string that starts here is not closed by `{quote}`.");
            if (Current == '\\') Escape(text, braces: false);
            else Append(text);
        }
        Advance();
        return text.ToString();
    }

    private string VerbatimString()
    {
        var opened = Here;
        Advance();
        var text = new StringBuilder();
        while (true)
        {
            if (_position >= source.Length) throw Error(opened, "The string that starts here is not closed by a backtick.");
            if (Current == '`')
            {
                Advance();
                if (Current != '`') return text.ToString();
            }
            Append(text);
        }
    }

    private List<InterpolatedPart> Interpolated()
    {
        var opened = Here;
        if (++_interpolations > limits.Nesting) throw Error(opened, "Interpolated strings are nested too deeply here.", TemplateErrorCodes.LimitSource);
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();

        Advance();
        var quote = Current;
        Advance();
        var parts = new List<InterpolatedPart>();
        var text = new StringBuilder();
        var location = opened;
        while (Current != quote || _position >= source.Length)
        {
            if (_position >= source.Length) throw Error(opened, $"The interpolated string that starts here is not closed by `{quote}`.");
            if (Current == '\\')
            {
                Escape(text, braces: true);
            }
            else if (Current == '{')
            {
                if (text.Length > 0) parts.Add(new InterpolatedPart(text.ToString(), null, location));
                text.Clear();
                location = Here;
                Advance();
                var tokens = new List<Token>();
                LexCode(tokens, CodeEnd.Interpolation);
                if (tokens.Count == 0) throw Error(location, "There is no expression between `{` and `}`; write `\\{` for a brace.");
                tokens.Add(new Token(TokenKind.EndOfFile, "}", null, Here, true));
                parts.Add(new InterpolatedPart(null, tokens, location));
                Advance();
                location = Here;
            }
            else
            {
                Append(text);
            }
        }
        if (text.Length > 0) parts.Add(new InterpolatedPart(text.ToString(), null, location));
        Advance();
        _interpolations--;
        return parts;
    }

    private void Append(StringBuilder text)
    {
        text.Append(Current);
        Advance();
    }

    private void Escape(StringBuilder text, bool braces)
    {
        var at = Here;
        Advance();
        var sign = Current;
        switch (sign)
        {
            case '\'' or '"' or '\\': text.Append(sign); break;
            case '{' or '}' when braces: text.Append(sign); break;
            case 'n': text.Append('\n'); break;
            case 'r': text.Append('\r'); break;
            case 't': text.Append('\t'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case '0': text.Append('\0'); break;
            case '\n': break;
            case '\r' when Ahead(1) == '\n': Advance(); break;
            case 'u': Hexadecimal(text, 4, at); return;
            case 'x': Hexadecimal(text, 2, at); return;
            default: throw Error(at, $"`\\{sign}` is not an escape sequence; write `\\\\` for a backslash.");
        }
        Advance();
    }

    private void Hexadecimal(StringBuilder text, int digits, Syntax.Location at)
    {
        Advance();
        if (_position + digits > source.Length
            || !int.TryParse(source.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Error(at, $"`\\{(digits == 4 ? 'u' : 'x')}` needs {digits} hexadecimal digits.");
        text.Append((char)code);
        AdvanceTo(_position + digits);
    }
}
