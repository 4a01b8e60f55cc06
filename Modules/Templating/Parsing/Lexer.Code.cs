using System.Globalization;
using System.Numerics;
using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

sealed partial class Lexer
{
    private enum CodeEnd { Braces, Interpolation, FrontMatter, EndOfFile }

    private void LexCode(List<Token> tokens, CodeEnd until)
    {
        var opened = Here;
        var braces = 0;
        while (true)
        {
            var space = SkipSpace(until, braces);
            if (_position >= source.Length)
            {
                if (until is CodeEnd.Braces) throw Error(opened, "The code block that starts here is not closed by `}}`.");
                if (until is CodeEnd.Interpolation) throw Error(opened, "The `{` in this interpolated string is not closed by `}`.");
                if (until is CodeEnd.FrontMatter) throw Error(opened, "The front matter is not closed by a line with `+++`.");
                return;
            }
            if (AtEnd(until, braces)) return;
            if (until is CodeEnd.Interpolation && Current == '\n') throw Error(Here, "The `{` of an interpolated string must be closed by `}` on the same line.");

            var start = _position;
            var location = Here;
            var token = Next();
            if (token == TokenKind.OpenBrace) braces++;
            else if (token == TokenKind.CloseBrace && braces > 0) braces--;
            if (_value is Comment) continue;
            tokens.Add(new Token(token, source[start.._position], _value, location, space));
        }
    }

    private sealed class Comment;

    private static readonly Comment Skipped = new();
    private object? _value;

    private bool AtEnd(CodeEnd until, int braces) => until switch
    {
        CodeEnd.Braces => braces == 0 && AtCodeExit(),
        CodeEnd.Interpolation => braces == 0 && Current == '}',
        CodeEnd.FrontMatter => _position == _lineStart && Is("+++"),
        _ => false,
    };

    private bool AtCodeExit() =>
        (Current == '}' && Ahead(1) == '}') || (Current is '-' or '~' && Ahead(1) == '}' && Ahead(2) == '}');

    private bool SkipSpace(CodeEnd until, int braces)
    {
        var before = _position;
        while (_position < source.Length && source[_position] != '\n' && char.IsWhiteSpace(source[_position]) && !AtEnd(until, braces)) Advance();
        return _position > before || _position == 0 || char.IsWhiteSpace(source[_position - 1]);
    }

    private TokenKind Next()
    {
        _value = null;
        var c = Current;
        switch (c)
        {
            case '\n': Advance(); return TokenKind.NewLine;
            case '#': SkipComment(); return TokenKind.NewLine;
            case '"' or '\'': _value = QuotedString(); return TokenKind.String;
            case '`': _value = VerbatimString(); return TokenKind.String;
            case '$' when Ahead(1) is '"' or '\'': _value = Interpolated(); return TokenKind.Interpolated;
            case '$': return LocalName();
        }
        if (char.IsAsciiDigit(c)) return Number();
        if (c == '_' || char.IsLetter(c))
        {
            while (Current == '_' || char.IsLetterOrDigit(Current)) Advance();
            return TokenKind.Identifier;
        }
        return Sign();
    }

    private TokenKind LocalName()
    {
        Advance();
        if (Current == '$') Advance();
        else while (Current == '_' || char.IsLetterOrDigit(Current)) Advance();
        return TokenKind.Local;
    }

    private void SkipComment()
    {
        _value = Skipped;
        if (Ahead(1) == '#')
        {
            AdvanceTo(_position + 2);
            while (_position < source.Length && !AtCodeExit())
            {
                if (Is("##"))
                {
                    AdvanceTo(_position + 2);
                    return;
                }
                Advance();
            }
            return;
        }
        while (_position < source.Length && Current != '\n' && !AtCodeExit()) Advance();
    }

    private TokenKind Sign()
    {
        ReadOnlySpan<(string Text, TokenKind Kind)> signs =
        [
            ("??=", TokenKind.QuestionQuestionEqual), ("//=", TokenKind.DoubleSlashEqual), ("..<", TokenKind.DotDotLess), ("...", TokenKind.Ellipsis),
            ("..", TokenKind.DotDot), ("?.", TokenKind.QuestionDot), ("??", TokenKind.QuestionQuestion), ("?!", TokenKind.QuestionNot),
            ("==", TokenKind.EqualEqual), ("!=", TokenKind.NotEqual), ("<=", TokenKind.LessEqual), (">=", TokenKind.GreaterEqual),
            ("<<", TokenKind.ShiftLeft), (">>", TokenKind.ShiftRight), ("&&", TokenKind.And), ("||", TokenKind.Or), ("|>", TokenKind.Pipe),
            ("+=", TokenKind.PlusEqual), ("-=", TokenKind.MinusEqual), ("*=", TokenKind.StarEqual), ("/=", TokenKind.SlashEqual),
            ("%=", TokenKind.PercentEqual), ("//", TokenKind.DoubleSlash), ("++", TokenKind.PlusPlus), ("--", TokenKind.MinusMinus),
            (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon), (";", TokenKind.Semicolon), ("(", TokenKind.OpenParen),
            (")", TokenKind.CloseParen), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket), ("{", TokenKind.OpenBrace),
            ("}", TokenKind.CloseBrace), ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Star), ("/", TokenKind.Slash),
            ("%", TokenKind.Percent), ("=", TokenKind.Equal), ("<", TokenKind.Less), (">", TokenKind.Greater), ("!", TokenKind.Not),
            ("&", TokenKind.Ampersand), ("|", TokenKind.Pipe), ("?", TokenKind.Question), ("@", TokenKind.At), ("^", TokenKind.Caret),
        ];
        foreach (var (text, kind) in signs)
        {
            if (!Is(text)) continue;
            // `a ?.5 : 1` is a condition, not a member.
            if (kind == TokenKind.QuestionDot && char.IsAsciiDigit(Ahead(2))) continue;
            AdvanceTo(_position + text.Length);
            return kind;
        }
        var place = Here;
        var shown = Current;
        Advance();
        errors.Add(Error(place, $"The sign `{shown}` has no meaning here.").Error);
        _value = Skipped;
        return TokenKind.NewLine;
    }

    private TokenKind Number()
    {
        var at = Here;
        _value = Current == '0' && Ahead(1) is 'x' or 'X' ? Digits(at, 16) : Current == '0' && Ahead(1) is 'b' or 'B' ? Digits(at, 2) : Decimal(at);
        return TokenKind.Number;
    }

    private object Digits(Location at, int radix)
    {
        AdvanceTo(_position + 2);
        var value = BigInteger.Zero;
        var count = 0;
        for (; char.IsAsciiHexDigit(Current) || Current == '_'; Advance())
        {
            if (Current == '_') continue;
            var digit = char.IsAsciiDigit(Current) ? Current - '0' : (Current | 0x20) - 'a' + 10;
            if (digit >= radix) break;
            if (++count > 256) throw Error(at, "This number is too long.");
            value = value * radix + digit;
        }
        if (count == 0) throw Error(at, "This number has no digits.");
        var unsigned = Current is 'u' or 'U';
        if (unsigned) Advance();
        // As in C, the top bit of a plain 32 or 64 bit pattern is the sign.
        if (!unsigned && value > int.MaxValue && value <= uint.MaxValue) return unchecked((int)(uint)value);
        if (!unsigned && value > long.MaxValue && value <= ulong.MaxValue) return unchecked((long)(ulong)value);
        return Runtime.Numbers.Fit(value);
    }

    private object Decimal(Location at)
    {
        var start = _position;
        var real = false;
        SkipDigits();
        if (Current == '.' && char.IsAsciiDigit(Ahead(1)))
        {
            real = true;
            Advance();
            SkipDigits();
        }
        if (Current is 'e' or 'E' && (char.IsAsciiDigit(Ahead(1)) || (Ahead(1) is '+' or '-' && char.IsAsciiDigit(Ahead(2)))))
        {
            real = true;
            AdvanceTo(_position + 2);
            SkipDigits();
        }
        if (_position - start > 400) throw Error(at, "This number is too long.");
        var text = source[start.._position].Replace("_", "", StringComparison.Ordinal);
        var suffix = Current;
        if (suffix is 'f' or 'F' or 'd' or 'D' or 'm' or 'M' && !char.IsLetterOrDigit(Ahead(1)) && Ahead(1) != '_')
        {
            Advance();
            if (suffix is 'f' or 'F') return float.Parse(text, CultureInfo.InvariantCulture);
            if (suffix is 'd' or 'D') return double.Parse(text, CultureInfo.InvariantCulture);
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Error(at, $"`{text}m` is too large for a decimal number.");
        }
        if (!real) return Runtime.Numbers.Fit(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current) || (Current == '_' && char.IsAsciiDigit(Ahead(1)))) Advance();
    }
}
