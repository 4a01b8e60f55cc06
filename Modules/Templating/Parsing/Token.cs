using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

enum TokenKind
{
    EndOfFile, Text, CodeEnter, CodeExit, NewLine, Semicolon,
    Identifier, Local, Number, String, Interpolated,
    Dot, QuestionDot, DotDot, DotDotLess, Ellipsis, Comma, Colon,
    OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Plus, Minus, Star, Slash, DoubleSlash, Percent, PlusPlus, MinusMinus,
    Equal, PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual, QuestionQuestionEqual,
    EqualEqual, NotEqual, Less, LessEqual, Greater, GreaterEqual, ShiftLeft, ShiftRight,
    Not, And, Or, Ampersand, Pipe, Question, QuestionQuestion, QuestionNot, At, Caret,
}

/// <param name="Text">The source text: an identifier's name, a text block, or what stands there (for messages).</param>
/// <param name="Value">The value of a number or string; the parts of an interpolated string; the indentation before a code block.</param>
/// <param name="SpaceBefore">Decides between <c>a[1]</c> and <c>a [1]</c>, <c>f(1)</c> and <c>f (1)</c>.</param>
readonly record struct Token(TokenKind Kind, string Text, object? Value, Location Location, bool SpaceBefore);

/// <summary>One piece of <c>$"text {expression}"</c>: either a text or the tokens of an expression.</summary>
sealed record InterpolatedPart(string? Text, List<Token>? Tokens, Location Location);
