using System.Runtime.CompilerServices;
using Billing.Templating.Syntax;

namespace Billing.Templating.Parsing;

/// <summary>Builds the tree of a template. After an error it goes on with the next statement, to report several at once.</summary>
sealed partial class Parser
{
    /// <summary>Operators in one expression, one after another; deeper than brackets may nest.</summary>
    private const int ChainMax = 2000;

    private readonly TemplateLimits _limits;
    private readonly List<TemplateError> _errors;
    private readonly bool _autoIndent;
    private readonly List<(string Name, Location Location)> _includes = [];
    private List<Token> _tokens;
    private int _at;
    private int _newLinesIgnored;
    private int _depth;
    private int _loops;
    private bool _matching;

    private Parser(List<Token> tokens, TemplateLimits limits, bool autoIndent, List<TemplateError> errors)
    {
        _tokens = tokens;
        _limits = limits;
        _errors = errors;
        _autoIndent = autoIndent && tokens.Exists(t => t.Kind == TokenKind.CodeEnter && t.Value is not null);
    }

    /// <summary>Parses a template; the names of the templates it includes by a literal are given along.</summary>
    public static (Page? Page, IReadOnlyList<(string Name, Location Location)> Includes) Parse(
        string text, string name, TemplateOptions options, List<TemplateError> errors, bool codeOnly = false)
    {
        var before = errors.Count;
        if (text.Length > options.Limits.SourceLength)
        {
            errors.Add(new TemplateError(TemplateErrorCodes.LimitSource, name, 1, 1,
                $"The template has {text.Length} characters; the limit is {options.Limits.SourceLength}."));
            return (null, []);
        }
        var tokens = new Lexer(text, name, options.Limits, errors).Tokenize(codeOnly, options.FrontMatter);
        if (errors.Count > before) return (null, []);

        var parser = new Parser(tokens, options.Limits, options.AutoIndent, errors);
        var body = parser.ParsePage();
        return (errors.Count > before ? null : new Page(name, body), parser._includes);
    }

    private Token Current
    {
        get
        {
            while (_newLinesIgnored > 0 && _tokens[_at].Kind == TokenKind.NewLine) _at++;
            return _tokens[_at];
        }
    }

    private TokenKind Kind => Current.Kind;

    private Location Here => Current.Location;

    private Token PeekAfter() => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.EndOfFile) _at++;
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (Kind != kind) return false;
        Take();
        return true;
    }

    private bool IsWord(string word) => Kind == TokenKind.Identifier && Current.Text == word;

    private Token Expect(TokenKind kind, string what)
    {
        if (Kind == kind) return Take();
        throw Unexpected(what);
    }

    private SyntaxException Unexpected(string expected) => Error(Here, $"{expected} is expected here, not {Shown(Current)}.");

    private static string Shown(Token token) => token.Kind switch
    {
        TokenKind.EndOfFile when token.Text.Length > 1 => token.Text,
        TokenKind.NewLine => "the end of the line",
        TokenKind.Text => "text",
        _ => $"`{(token.Text.Length > 30 ? token.Text[..30] + "…" : token.Text)}`",
    };

    private static SyntaxException Error(Location at, string message, string code = TemplateErrorCodes.Syntax) =>
        new(new TemplateError(code, at.File, at.Line, at.Column, message));

    private void Note(SyntaxException e)
    {
        if (_errors.Count < _limits.Errors) _errors.Add(e.Error);
    }

    /// <summary>Counts a level of nesting; a parser must not be broken by a page of brackets.</summary>
    private void Enter(Location at)
    {
        if (++_depth > _limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error(at, $"The template is nested more than {_limits.Nesting} deep here.", TemplateErrorCodes.LimitSource);
    }

    private void Leave() => _depth--;

    private static Expression Chained(Expression expression)
    {
        if (expression.Depth <= ChainMax) return expression;
        throw Error(expression.Location, $"An expression of more than {ChainMax} operators is too long; use several.", TemplateErrorCodes.LimitSource);
    }

    private Block ParsePage()
    {
        var start = Here;
        var statements = new List<Statement>();
        while (true)
        {
            statements.AddRange(ParseStatements());
            if (Kind == TokenKind.EndOfFile || _errors.Count >= _limits.Errors) break;
            // An `end` or `else` that closes nothing.
            var stray = Take();
            Note(Error(stray.Location, $"`{stray.Text}` has no block that it belongs to."));
            SkipStatement();
        }
        return new Block(start, [.. statements]);
    }

    /// <summary>Moves to the next statement after an error.</summary>
    private void SkipStatement()
    {
        _newLinesIgnored = 0;
        while (_tokens[_at].Kind is not (TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.EndOfFile)) _at++;
    }
}
