using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

sealed partial class Parser
{
    /// <summary>Statements up to a word that ends or continues the block around them, which is left to the caller.</summary>
    private List<Statement> ParseStatements()
    {
        var statements = new List<Statement>();
        while (_errors.Count < _limits.Errors)
        {
            switch (Kind)
            {
                case TokenKind.EndOfFile:
                    return statements;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    Take();
                    continue;
                case TokenKind.Text:
                    var text = Take();
                    statements.Add(new TextBlock(text.Location, text.Text));
                    continue;
                case TokenKind.CodeEnter:
                    var enter = Take();
                    if (_autoIndent && enter.Value is string indent) statements.Add(new Indentation(enter.Location, indent));
                    continue;
                case TokenKind.CodeExit:
                    var exit = Take();
                    if (_autoIndent) statements.Add(new Indentation(exit.Location, null));
                    continue;
                case TokenKind.Identifier when EndsBlock():
                    return statements;
            }
            var depth = _depth;
            try
            {
                if (ParseStatement() is { } statement) statements.Add(statement);
                ExpectEndOfStatement();
            }
            catch (SyntaxException e)
            {
                Note(e);
                _depth = depth;
                SkipStatement();
            }
        }
        _at = _tokens.Count - 1;
        return statements;
    }

    private bool EndsBlock() => Current.Text is "end" or "else" or "when" && PeekAfter().Kind is not (TokenKind.Dot or TokenKind.QuestionDot or TokenKind.Equal);

    private void ExpectEndOfStatement()
    {
        if (Kind is not (TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.EndOfFile))
            throw Unexpected("The end of the statement");
    }

    private Statement? ParseStatement()
    {
        if (Kind == TokenKind.Identifier && PeekAfter().Kind is not (TokenKind.Dot or TokenKind.QuestionDot or TokenKind.Equal))
        {
            switch (Current.Text)
            {
                case "if": return ParseIf(negated: false);
                case "unless": return ParseIf(negated: true);
                case "for": return ParseFor(table: false);
                case "tablerow": return ParseFor(table: true);
                case "while": return ParseWhile();
                case "case": return ParseCase();
                case "func": return ParseFunction();
                case "capture": return ParseCapture();
                case "with": return ParseWith();
                case "wrap": return ParseWrap();
                case "ret": return ParseReturn();
                case "break" or "continue": return ParseJump();
                case "readonly": return ParseReadOnly();
                case "import":
                    var at = Take().Location;
                    return new Import(at, ParseExpression());
            }
        }
        return ParseExpressionStatement();
    }

    /// <summary>Reads what stands behind a block's first word; an error in it is noted and the block read all the same.</summary>
    private T? Head<T>(Func<T> parse) where T : class
    {
        var depth = _depth;
        try
        {
            var head = parse();
            ExpectEndOfStatement();
            return head;
        }
        catch (SyntaxException e)
        {
            Note(e);
            _depth = depth;
            SkipStatement();
            return null;
        }
    }

    private Expression Condition(bool negated)
    {
        var at = Here;
        var condition = Head(ParseExpression) ?? new Literal(at, null);
        return negated ? new Unary(at, UnaryOperator.Not, condition) : condition;
    }

    private Block ParseBody(Location at)
    {
        Enter(at);
        var body = new Block(Here, [.. ParseStatements()]);
        Leave();
        return body;
    }

    /// <summary>The <c>end</c> of a block.</summary>
    private void ExpectEnd(Token opened)
    {
        if (IsWord("end"))
        {
            Take();
            return;
        }
        if (_errors.Count >= _limits.Errors) return;
        var found = Kind == TokenKind.EndOfFile ? "" : $" before this {Shown(Current)}";
        var at = Kind == TokenKind.EndOfFile ? opened.Location : Here;
        throw Error(at, Kind == TokenKind.EndOfFile
            ? $"The `{opened.Text}` that starts here is not closed by an `end`."
            : $"The `{opened.Text}` of line {opened.Location.Line} is not closed by an `end`{found}.");
    }

    private If ParseIf(bool negated)
    {
        var opened = Take();
        var branches = new List<(Expression, Statement)> { (Condition(negated), ParseBody(opened.Location)) };
        Statement? otherwise = null;
        while (IsWord("else"))
        {
            var word = Take();
            if (otherwise is not null) throw Error(word.Location, "Nothing can follow the `else` of this block but its `end`.");
            if (IsWord("if"))
            {
                Take();
                branches.Add((Condition(negated: false), ParseBody(word.Location)));
                continue;
            }
            ExpectEndOfElse();
            otherwise = ParseBody(word.Location);
        }
        ExpectEnd(opened);
        return new If(opened.Location, [.. branches], otherwise);
    }

    private void ExpectEndOfElse() => Head(() =>
    {
        if (Kind is not (TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.EndOfFile))
            throw Unexpected("The end of the line, or `if`,");
        return "";
    });

    private For ParseFor(bool table)
    {
        var opened = Take();
        var head = Head(() =>
        {
            var name = Take();
            Expression variable = name.Kind switch
            {
                TokenKind.Identifier => new Variable(name.Location, name.Text),
                TokenKind.Local => new LocalVariable(name.Location, name.Text),
                _ => throw Error(name.Location, $"The name of the loop's variable is expected here, not {Shown(name)}."),
            };
            if (!IsWord("in")) throw Unexpected("`in`");
            Take();
            var sequence = ParseSequence();
            return Tuple.Create(variable, sequence, ParseLoopSettings(table));
        }) ?? Tuple.Create<Expression, Expression, LoopSettings>(
            new Variable(opened.Location, "x"), new Literal(opened.Location, null), new LoopSettings(null, null, null, false));

        _loops++;
        var body = ParseBody(opened.Location);
        _loops--;
        Statement? otherwise = null;
        if (IsWord("else"))
        {
            var word = Take();
            ExpectEndOfElse();
            otherwise = ParseBody(word.Location);
        }
        ExpectEnd(opened);
        return new For(opened.Location, head.Item1, head.Item2, head.Item3, body, otherwise, table);
    }

    private LoopSettings ParseLoopSettings(bool table)
    {
        Expression? offset = null, limit = null, columns = null;
        var reversed = false;
        while (Kind == TokenKind.Identifier)
        {
            var word = Take();
            if (word.Text == "reversed")
            {
                reversed = true;
                continue;
            }
            if (word.Text is not ("offset" or "limit") && !(table && word.Text == "cols"))
                throw Error(word.Location, $"`{word.Text}` is not a setting of this loop; there are `offset:`, `limit:`, `reversed`{(table ? ", `cols:`" : "")}.");
            Expect(TokenKind.Colon, "`:`");
            var value = ParseOperand(Mode.InArguments);
            if (word.Text == "offset") offset = value;
            else if (word.Text == "limit") limit = value;
            else columns = value;
        }
        return new LoopSettings(offset, limit, columns, reversed);
    }

    private While ParseWhile()
    {
        var opened = Take();
        var condition = Condition(negated: false);
        _loops++;
        var body = ParseBody(opened.Location);
        _loops--;
        ExpectEnd(opened);
        return new While(opened.Location, condition, body);
    }

    private Case ParseCase()
    {
        var opened = Take();
        var subject = Condition(negated: false);
        foreach (var statement in ParseBody(opened.Location).Statements)
        {
            if (statement is Indentation || (statement is TextBlock text && string.IsNullOrWhiteSpace(text.Text))) continue;
            throw Error(statement.Location, "Nothing can stand between `case` and its first `when`.");
        }
        var branches = new List<(Expression[], Statement)>();
        while (IsWord("when"))
        {
            var word = Take();
            var matches = Head(ParseMatches) ?? [];
            branches.Add((matches, ParseBody(word.Location)));
        }
        Statement? otherwise = null;
        if (IsWord("else"))
        {
            var word = Take();
            if (branches.Count == 0) Note(Error(word.Location, "The `else` of a `case` needs a `when` before it."));
            ExpectEndOfElse();
            otherwise = ParseBody(word.Location);
        }
        ExpectEnd(opened);
        return new Case(opened.Location, subject, [.. branches], otherwise);
    }

    private Expression[] ParseMatches()
    {
        var matches = new List<Expression>();
        _matching = true;
        try
        {
            do matches.Add(ParseBinary(AboveOr, Mode.InArguments));
            while (Accept(TokenKind.Comma) || Accept(TokenKind.Or));
        }
        finally
        {
            _matching = false;
        }
        return [.. matches];
    }

    private FunctionDefinition ParseFunction()
    {
        var opened = Take();
        var head = Head(() =>
        {
            var name = Take();
            IAssignable target = name.Kind switch
            {
                TokenKind.Identifier => new Variable(name.Location, name.Text),
                TokenKind.Local => new LocalVariable(name.Location, name.Text),
                _ => throw Error(name.Location, $"The name of the function is expected here, not {Shown(name)}."),
            };
            return Tuple.Create(name.Text, target, Kind == TokenKind.OpenParen ? ParseParameters() : null);
        });
        var body = ParseFunctionBody(opened);
        return new FunctionDefinition(opened.Location, head?.Item2 ?? new Variable(opened.Location, "x"), new ScriptFunction(head?.Item1, head?.Item3, body));
    }

    private Block ParseFunctionBody(Token opened)
    {
        // A loop around a function is not around its body, and neither is a bracket.
        var (loops, ignored) = (_loops, _newLinesIgnored);
        _loops = 0;
        _newLinesIgnored = 0;
        var body = ParseBody(opened.Location);
        ExpectEnd(opened);
        _loops = loops;
        _newLinesIgnored = ignored;
        return body;
    }

    private Parameter[] ParseParameters()
    {
        Take();
        _newLinesIgnored++;
        var parameters = new List<Parameter>();
        while (Kind != TokenKind.CloseParen)
        {
            var name = Expect(TokenKind.Identifier, "The name of a parameter");
            if (parameters.Exists(p => p.Name == name.Text)) throw Error(name.Location, $"There is a parameter `{name.Text}` already.");
            var last = parameters.LastOrDefault();
            if (last is { Rest: true }) throw Error(name.Location, $"No parameter can follow `{last.Name}...`, which takes all arguments that are left.");
            if (Accept(TokenKind.Ellipsis))
            {
                parameters.Add(new Parameter(name.Text, null, Rest: true));
            }
            else if (Accept(TokenKind.Equal))
            {
                parameters.Add(new Parameter(name.Text, ParseExpression(), Rest: false));
            }
            else
            {
                if (last is { Default: not null })
                    throw Error(name.Location, $"`{name.Text}` needs a default value, because the parameter before it has one.");
                parameters.Add(new Parameter(name.Text, null, Rest: false));
            }
            if (!Accept(TokenKind.Comma)) break;
        }
        if (Kind != TokenKind.CloseParen) throw Unexpected("`)`");
        _newLinesIgnored--;
        Take();
        return [.. parameters];
    }

    private Capture ParseCapture()
    {
        var opened = Take();
        var at = Here;
        var target = Head(() => ParseOperand(Mode.InArguments) as IAssignable ?? throw Error(at, "Only a variable or a member can take a capture."))
            ?? new Variable(at, "x");
        var body = ParseBody(opened.Location);
        ExpectEnd(opened);
        return new Capture(opened.Location, target, body);
    }

    private With ParseWith()
    {
        var opened = Take();
        var target = Condition(negated: false);
        var body = ParseBody(opened.Location);
        ExpectEnd(opened);
        return new With(opened.Location, target, body);
    }

    private Output ParseWrap()
    {
        var opened = Take();
        var head = Condition(negated: false);
        if ((head is Call { Target: var target } ? target : head) is not (Variable or LocalVariable or Member or Indexer or Literal { Value: null }))
            Note(Error(head.Location, "`wrap` needs the name of a function."));
        var body = ParseBody(opened.Location);
        ExpectEnd(opened);
        var call = head is Call made
            ? new Call(made.Location, made.Target, made.Arguments, made.Named, piped: false, body)
            : new Call(head.Location, head, [], [], piped: false, body);
        return new Output(opened.Location, call);
    }

    private Return ParseReturn()
    {
        var at = Take().Location;
        var empty = Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.EndOfFile;
        return new Return(at, empty ? null : ParseExpression());
    }

    private Jump ParseJump()
    {
        var word = Take();
        if (_loops == 0) throw Error(word.Location, $"`{word.Text}` can stand only in a `for` or `while` loop.");
        return new Jump(word.Location, word.Text == "break" ? Flow.Break : Flow.Continue);
    }

    private ReadOnlyVariable ParseReadOnly()
    {
        var at = Take().Location;
        var name = Take();
        return name.Kind == TokenKind.Identifier
            ? new ReadOnlyVariable(at, name.Text)
            : throw Error(name.Location, $"The name of a variable is expected here, not {Shown(name)}.");
    }

    private Statement ParseExpressionStatement()
    {
        var at = Here;
        var expression = ParseExpression();
        BinaryOperator? operation;
        switch (Kind)
        {
            case TokenKind.Equal: operation = null; break;
            case TokenKind.PlusEqual: operation = BinaryOperator.Add; break;
            case TokenKind.MinusEqual: operation = BinaryOperator.Subtract; break;
            case TokenKind.StarEqual: operation = BinaryOperator.Multiply; break;
            case TokenKind.SlashEqual: operation = BinaryOperator.Divide; break;
            case TokenKind.DoubleSlashEqual: operation = BinaryOperator.DivideWhole; break;
            case TokenKind.PercentEqual: operation = BinaryOperator.Remainder; break;
            case TokenKind.QuestionQuestionEqual: operation = BinaryOperator.Coalesce; break;
            default: return new Output(at, expression);
        }
        var sign = Take();
        if (operation is null && expression is Call { Explicit: true } call && InlineFunction(call) is { } function)
            return function;
        // Brackets let a word of the language be a variable: (if) = 1.
        while (expression is Nested { Inner: var inner }) expression = inner;
        if (expression is not IAssignable)
            throw Error(at, "Only a variable, a member or an index can be assigned.");
        return new Assignment(sign.Location, expression, operation, ParseExpression());
    }

    /// <summary><c>name(x, y) = expression</c></summary>
    private FunctionDefinition? InlineFunction(Call call)
    {
        if (call.Target is not (Variable or LocalVariable) || call.Named.Length > 0 || !Array.TrueForAll(call.Arguments, a => a is Variable)) return null;
        var parameters = call.Arguments.Select(a => new Parameter(a.Name, null, Rest: false)).ToArray();
        var body = new Return(Here, ParseExpression());
        return new FunctionDefinition(call.Location, (IAssignable)call.Target, new ScriptFunction(call.Target.Name, parameters, body));
    }
}
