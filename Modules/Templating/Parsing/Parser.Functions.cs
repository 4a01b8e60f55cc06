using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

sealed partial class Parser
{
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

    /// <summary><c>name(x, y) = expression</c></summary>
    private FunctionDefinition? InlineFunction(Call call)
    {
        if (call.Target is not (Variable or LocalVariable) || call.Named.Length > 0 || !Array.TrueForAll(call.Arguments, a => a is Variable)) return null;
        var parameters = call.Arguments.Select(a => new Parameter(a.Name, null, Rest: false)).ToArray();
        var body = new Return(Here, ParseExpression());
        return new FunctionDefinition(call.Location, (IAssignable)call.Target, new ScriptFunction(call.Target.Name, parameters, body));
    }
}
