using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

sealed partial class Parser
{
    /// <summary>A value with what hangs on to it: members, indexes, arguments in brackets.</summary>
    private Expression ParsePath()
    {
        var path = ParsePrimary();
        while (true)
        {
            var token = Current;
            switch (token.Kind)
            {
                case TokenKind.Dot or TokenKind.QuestionDot:
                    Take();
                    path = new Member(Here, path, MemberName(), optional: token.Kind == TokenKind.QuestionDot);
                    break;
                case TokenKind.OpenBracket when !token.SpaceBefore:
                    Take();
                    _newLinesIgnored++;
                    var index = ParseExpression();
                    if (Kind != TokenKind.CloseBracket) throw Unexpected("`]`");
                    _newLinesIgnored--;
                    Take();
                    path = new Indexer(token.Location, path, index);
                    break;
                case TokenKind.OpenParen when !token.SpaceBefore && path is Variable or LocalVariable or Member or Indexer:
                    path = ParseExplicitCall(path);
                    break;
                case TokenKind.PlusPlus or TokenKind.MinusMinus when path is IAssignable:
                    Take();
                    return Incremented(token, path, before: false);
                default:
                    return path;
            }
            Chained(path);
        }
    }

    private string MemberName()
    {
        var name = Kind is TokenKind.Identifier ? Take() : throw Unexpected("The name of a member");
        if (name.Text != "empty" || Kind != TokenKind.Question || Current.SpaceBefore) return name.Text;
        Take();
        return "empty?";
    }

    private Call ParseExplicitCall(Expression target)
    {
        Take();
        _newLinesIgnored++;
        var arguments = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (Kind != TokenKind.CloseParen)
        {
            if (Kind == TokenKind.Identifier && PeekAfter().Kind == TokenKind.Colon)
            {
                var name = Take();
                Take();
                if (named.Exists(n => n.Item1 == name.Text)) throw Error(name.Location, $"The argument `{name.Text}` is given twice.");
                named.Add((name.Text, ParseExpression()));
            }
            else
            {
                if (named.Count > 0) throw Error(Here, "An argument without a name cannot follow one with a name.");
                arguments.Add(ParseExpression());
            }
            if (!Accept(TokenKind.Comma)) break;
        }
        if (Kind != TokenKind.CloseParen) throw Unexpected("`)`");
        _newLinesIgnored--;
        Take();
        return Called(new Call(target.Location, target, [.. arguments], [.. named], piped: false) { Explicit = true });
    }

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.String:
                Take();
                return new Literal(token.Location, token.Value);
            case TokenKind.Interpolated:
                Take();
                return ParseInterpolated(token);
            case TokenKind.Local:
                Take();
                return new LocalVariable(token.Location, token.Text);
            case TokenKind.Identifier:
                return ParseWord();
            case TokenKind.OpenParen:
                Take();
                _newLinesIgnored++;
                var inner = ParseExpression();
                if (Kind != TokenKind.CloseParen) throw Unexpected("`)`");
                _newLinesIgnored--;
                Take();
                return new Nested(token.Location, inner);
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.OpenBrace:
                return ParseObject();
            default:
                throw Unexpected("An expression");
        }
    }

    private Expression ParseWord()
    {
        var word = Take();
        switch (word.Text)
        {
            case "true": return new Literal(word.Location, true);
            case "false": return new Literal(word.Location, false);
            case "null": return new Literal(word.Location, null);
            case "this": return new This(word.Location);
            case "do": return new AnonymousFunction(word.Location, new ScriptFunction(null, null, ParseFunctionBody(word)));
            case "for" or "while" or "tablerow" when Kind is TokenKind.Dot or TokenKind.QuestionDot: return new LoopVariable(word.Location, word.Text);
            case "end" or "else" or "in": throw Error(word.Location, $"An expression is expected here, not `{word.Text}`.");
            default: return new Variable(word.Location, word.Text);
        }
    }

    private ArrayLiteral ParseArray()
    {
        var at = Take().Location;
        _newLinesIgnored++;
        var items = new List<Expression>();
        while (Kind != TokenKind.CloseBracket)
        {
            items.Add(ParseExpression());
            if (!Accept(TokenKind.Comma)) break;
        }
        if (Kind != TokenKind.CloseBracket) throw Unexpected("`,` or `]`");
        _newLinesIgnored--;
        Take();
        return new ArrayLiteral(at, [.. items]);
    }

    private ObjectLiteral ParseObject()
    {
        var at = Take().Location;
        _newLinesIgnored++;
        var members = new List<(string, Expression)>();
        while (Kind != TokenKind.CloseBrace)
        {
            var name = Kind is TokenKind.Identifier or TokenKind.String ? Take() : throw Unexpected("The name of a member, or `}`,");
            Expect(TokenKind.Colon, "The `:` of this member");
            members.Add((name.Kind == TokenKind.String ? (string)name.Value! : name.Text, ParseExpression()));
            if (!Accept(TokenKind.Comma)) break;
        }
        if (Kind != TokenKind.CloseBrace) throw Unexpected("`,` or `}`");
        _newLinesIgnored--;
        Take();
        return new ObjectLiteral(at, [.. members]);
    }

    private InterpolatedText ParseInterpolated(Token token)
    {
        var parts = new List<Expression>();
        foreach (var part in (List<InterpolatedPart>)token.Value!)
        {
            if (part.Tokens is null)
            {
                parts.Add(new Literal(part.Location, part.Text));
                continue;
            }
            var (tokens, at, ignored) = (_tokens, _at, _newLinesIgnored);
            (_tokens, _at, _newLinesIgnored) = (part.Tokens, 0, 1);
            try
            {
                parts.Add(ParseExpression());
                if (Kind != TokenKind.EndOfFile) throw Unexpected("The `}` of this interpolation");
            }
            finally
            {
                // After an error, too, reading goes on behind the string.
                (_tokens, _at, _newLinesIgnored) = (tokens, at, ignored);
            }
        }
        return new InterpolatedText(token.Location, [.. parts]);
    }
}
