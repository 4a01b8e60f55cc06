using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

sealed partial class Parser
{
    /// <summary>Every operator that binds tighter than <c>||</c>.</summary>
    private const int AboveOr = 31;

    [Flags]
    private enum Mode
    {
        Plain = 0,

        /// <summary>Among the arguments of a call, where one name after another is the next argument and not a call.</summary>
        InArguments = 1,

        /// <summary>Between <c>?</c> and <c>:</c>, where a name before a colon is not a named argument.</summary>
        BeforeColon = 2,

        /// <summary>The sequence of a loop, which its settings may follow.</summary>
        Sequence = 4,
    }

    private Expression ParseExpression() => ParseExpression(Mode.Plain);

    private Expression ParseSequence() => ParseExpression(Mode.Sequence);

    /// <summary>An expression with its pipes.</summary>
    private Expression ParseExpression(Mode mode)
    {
        Enter(Here);
        var expression = ParseConditional(mode);
        while (AtPipe())
        {
            var pipe = Take();
            while (Kind == TokenKind.NewLine) Take();
            expression = Chained(Pipe(expression, ParseConditional(mode), pipe.Location));
        }
        Leave();
        return expression;
    }

    /// <summary>A pipe may begin the next line, since no statement can.</summary>
    private bool AtPipe()
    {
        if (Kind == TokenKind.Pipe) return true;
        if (Kind != TokenKind.NewLine) return false;
        var next = _at;
        while (_tokens[next].Kind == TokenKind.NewLine) next++;
        if (_tokens[next].Kind != TokenKind.Pipe) return false;
        _at = next;
        return true;
    }

    private Expression ParseConditional(Mode mode)
    {
        var condition = ParseBinary(0, mode);
        if (Kind != TokenKind.Question) return condition;
        var sign = Take();
        Enter(sign.Location);
        var whenTrue = ParseExpression((mode & ~Mode.InArguments) | Mode.BeforeColon);
        Expect(TokenKind.Colon, "The `:` of this condition");
        var whenFalse = ParseExpression(mode);
        Leave();
        return Chained(new Conditional(sign.Location, condition, whenTrue, whenFalse));
    }

    private Expression ParseBinary(int precedence, Mode mode)
    {
        var left = ParseCall(precedence, mode);
        while (OperatorAt(Kind, out var operation) is var own && own >= precedence && own > 0)
        {
            var sign = Take();
            Enter(sign.Location);
            var right = ParseBinary(own + 1, mode);
            Leave();
            left = Chained(new Binary(sign.Location, operation, left, right));
        }
        return left;
    }

    /// <summary>How tightly an operator binds; zero for what is none.</summary>
    private static int OperatorAt(TokenKind kind, out BinaryOperator operation)
    {
        (operation, var precedence) = kind switch
        {
            TokenKind.QuestionQuestion => (BinaryOperator.Coalesce, 20),
            TokenKind.QuestionNot => (BinaryOperator.CoalesceNot, 20),
            TokenKind.Or => (BinaryOperator.Or, 30),
            TokenKind.And => (BinaryOperator.And, 40),
            TokenKind.Ampersand => (BinaryOperator.BinaryAnd, 60),
            TokenKind.EqualEqual => (BinaryOperator.Equal, 70),
            TokenKind.NotEqual => (BinaryOperator.NotEqual, 70),
            TokenKind.Less => (BinaryOperator.Less, 80),
            TokenKind.LessEqual => (BinaryOperator.LessEqual, 80),
            TokenKind.Greater => (BinaryOperator.Greater, 80),
            TokenKind.GreaterEqual => (BinaryOperator.GreaterEqual, 80),
            TokenKind.ShiftLeft => (BinaryOperator.ShiftLeft, 85),
            TokenKind.ShiftRight => (BinaryOperator.ShiftRight, 85),
            TokenKind.DotDot => (BinaryOperator.Range, 87),
            TokenKind.DotDotLess => (BinaryOperator.RangeExclusive, 87),
            TokenKind.Plus => (BinaryOperator.Add, 90),
            TokenKind.Minus => (BinaryOperator.Subtract, 90),
            TokenKind.Star => (BinaryOperator.Multiply, 100),
            TokenKind.Slash => (BinaryOperator.Divide, 100),
            TokenKind.DoubleSlash => (BinaryOperator.DivideWhole, 100),
            TokenKind.Percent => (BinaryOperator.Remainder, 100),
            _ => (default, 0),
        };
        return precedence;
    }

    /// <summary>An operand, or a call when arguments follow it: <c>f 1 "two" name: 3</c></summary>
    private Expression ParseCall(int precedence, Mode mode)
    {
        var target = ParseOperand(mode);
        if (mode.HasFlag(Mode.InArguments) || !StartsArgument(mode)) return target;

        var arguments = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (StartsArgument(mode))
        {
            if (Kind == TokenKind.Identifier && PeekAfter().Kind == TokenKind.Colon && !mode.HasFlag(Mode.BeforeColon))
            {
                var name = Take();
                Take();
                if (named.Exists(n => n.Item1 == name.Text)) throw Error(name.Location, $"The argument `{name.Text}` is given twice.");
                named.Add((name.Text, ParseBinary(precedence, mode | Mode.InArguments)));
                continue;
            }
            if (named.Count > 0) throw Error(Here, "An argument without a name cannot follow one with a name.");
            arguments.Add(ParseBinary(precedence, mode | Mode.InArguments));
        }
        return Chained(Called(new Call(target.Location, target, [.. arguments], [.. named], piped: false)));
    }

    private bool StartsArgument(Mode mode)
    {
        switch (Kind)
        {
            case TokenKind.Number or TokenKind.String or TokenKind.Interpolated or TokenKind.Local:
            case TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace:
            case TokenKind.Not or TokenKind.At or TokenKind.Caret:
                return true;
            case TokenKind.Identifier when mode.HasFlag(Mode.Sequence):
                return Current.Text != "reversed" && !(Current.Text is "offset" or "limit" or "cols" && PeekAfter().Kind == TokenKind.Colon);
            case TokenKind.Identifier:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Remembers includes whose name is known before rendering, to report their errors with the template's own.</summary>
    private Call Called(Call call)
    {
        if (call.Target is Variable { Name: "include" } && call.Arguments is [Literal { Value: string name }, ..])
            _includes.Add((name, call.Location));
        return call;
    }

    private Expression Pipe(Expression from, Expression to, Location at) => to switch
    {
        Call call => Called(new Call(call.Location, call.Target, [from, .. call.Arguments], call.Named, piped: true)),
        Variable or LocalVariable or Member or Indexer or AnonymousFunction => Called(new Call(to.Location, to, [from], [], piped: true)),
        Alias alias => Pipe(from, alias.Target, at),
        Nested { Inner: AnonymousFunction } nested => new Call(to.Location, nested, [from], [], piped: true),
        Nested nested => new Nested(nested.Location, Pipe(from, nested.Inner, at)),
        Binary binary => new Binary(binary.Location, binary.Operator, Pipe(from, binary.Left, at), binary.Right),
        Conditional choice => new Conditional(choice.Location, Pipe(from, choice.Condition, at), choice.WhenTrue, choice.WhenFalse),
        Unary unary => new Unary(unary.Location, unary.Operator, Pipe(from, unary.Operand, at)),
        _ => throw Error(to.Location, "Only a function can follow a pipe."),
    };

    private Expression ParseOperand(Mode mode)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Not or TokenKind.Minus or TokenKind.Plus:
                Take();
                Enter(token.Location);
                var operand = ParseCall(200, mode);
                Leave();
                return Chained(Unary(token, operand));
            case TokenKind.At:
                Take();
                return new Alias(token.Location, ParsePath());
            case TokenKind.Caret:
                Take();
                return new Expanded(token.Location, ParsePath());
            case TokenKind.PlusPlus or TokenKind.MinusMinus:
                Take();
                return Incremented(token, ParsePath(), before: true);
            default:
                return ParsePath();
        }
    }

    private static Expression Unary(Token sign, Expression operand)
    {
        // A negative number is a number and not an operation.
        if (sign.Kind == TokenKind.Minus && operand is Literal { Value: { } value } && Numbers.IsNumber(value))
            return new Literal(sign.Location, Numbers.Negate(value));
        var operation = sign.Kind switch
        {
            TokenKind.Not => UnaryOperator.Not,
            TokenKind.Minus => UnaryOperator.Negate,
            _ => UnaryOperator.Plus,
        };
        return new Unary(sign.Location, operation, operand);
    }

    private Increment Incremented(Token sign, Expression target, bool before)
    {
        if (_matching) throw Error(sign.Location, "A `when` cannot change what it compares.");
        if (target is not IAssignable) throw Error(sign.Location, $"`{sign.Text}` needs a variable, a member or an index.");
        return new Increment(sign.Location, target, sign.Kind == TokenKind.PlusPlus ? 1 : -1, before);
    }

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
