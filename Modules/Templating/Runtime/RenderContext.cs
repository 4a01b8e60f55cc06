using System.Runtime.CompilerServices;
using System.Text;
using Billing.Templating.Functions;
using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

enum Flow { None, Break, Continue, Return }

/// <summary>Everything one render changes: variables, output, counters. Never shared between renders.</summary>
sealed partial class RenderContext
{
    private readonly List<object> _scopes = [];
    private readonly Stack<string> _includes = new();
    private object? _returned;

    public RenderContext(Template template, object? model, RenderOptions options)
    {
        Template = template;
        Page = template.Page;
        Options = options;
        Limits = options.Limits ?? template.Options.Limits;
        EscapeHtml = template.Options.EscapeHtml;
        _started = options.Time.GetTimestamp();
        Locals = new LocalFrame([], null);
        CurrentObject = new GlobalObject(model);
        _scopes.Add(CurrentObject);
    }

    public Template Template { get; }

    /// <summary>The page that is being rendered: the template or what it includes.</summary>
    public Page Page { get; private set; }

    public RenderOptions Options { get; }

    public TemplateLimits Limits { get; }

    public bool EscapeHtml { get; }

    public LocalFrame Locals { get; set; }

    /// <summary>The object that unprefixed names are assigned to: the outermost, or that of <c>with</c> or a function's parameters.</summary>
    public object CurrentObject { get; private set; }

    public Flow Flow { get; set; }

    /// <summary>How dates are written; <c>date.format</c> in templates.</summary>
    public string DateFormat { get; set; } = Dates.DefaultFormat;

    /// <summary>Where <c>array.cycle</c> stands, by group.</summary>
    public Dictionary<string, int> Cycles { get; } = new(StringComparer.Ordinal);

    public object? Get(string name)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            switch (_scopes[i])
            {
                case LoopState loop:
                    if (loop.Variable == name) return loop.Value;
                    break;
                case ScriptObject scope:
                    if (scope.TryGet(name, out var own)) return own is ContextValue current ? current.Get(this) : own;
                    break;
                case var other:
                    if (Members.TryGet(other, name, out var value)) return value;
                    break;
            }
        }
        return Builtins.Get(name);
    }

    public bool TrySet(string name, object? value)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i] is not LoopState loop) break;
            if (loop.Variable != name) continue;
            loop.Value = value;
            return true;
        }
        return CurrentObject switch
        {
            BuiltinObject builtin => builtin.TryAssign(this, name, value),
            ScriptObject scope => scope.TrySet(name, value),
            ScriptArray array => (array.Properties ??= new ScriptObject()).TrySet(name, value),
            _ => false,
        };
    }

    public void Protect(string name)
    {
        if (CurrentObject is ScriptObject scope) scope.Protect(name);
    }

    /// <summary>Sets a member of an object made by the template, within the limits.</summary>
    public bool TryAssign(ScriptObject target, Location at, string name, object? value)
    {
        Charge(at, 1);
        return target.TrySet(name, value);
    }

    public void Push(object scope)
    {
        _scopes.Add(scope);
        if (scope is not LoopState) CurrentObject = scope;
    }

    public void Pop()
    {
        _scopes.RemoveAt(_scopes.Count - 1);
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i] is LoopState) continue;
            CurrentObject = _scopes[i];
            return;
        }
    }

    /// <summary>The innermost loop of that kind; null outside.</summary>
    public LoopState? Loop(string kind)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i] is LoopState loop && loop.Kind == kind) return loop;
        }
        return null;
    }

    public void Return(object? value)
    {
        _returned = value;
        Flow = Flow.Return;
    }

    /// <summary>Ends the way out of a function or page and gives what it returned.</summary>
    public object? TakeReturn()
    {
        var value = Flow == Flow.Return ? _returned : null;
        Flow = Flow.None;
        _returned = null;
        return value;
    }

    public object? Call(IFunction function, Location at, CallArguments arguments)
    {
        try
        {
            return function.Invoke(this, at, arguments);
        }
        catch (ValueException e)
        {
            throw Error(at, e);
        }
    }

    /// <summary>Renders another page here, with its own local variables, and gives its text.</summary>
    public string Include(Page page, Location at, CallArguments arguments)
    {
        EnterCall(at);
        _includes.Push(at.ToString());
        var (locals, before) = (Locals, Page);
        var received = new ScriptArray(arguments.Positional);
        foreach (var (key, value) in arguments.Named ?? []) (received.Properties ??= new ScriptObject())[key] = value;
        Locals = new LocalFrame(received, null);
        Page = page;
        var text = Capture(page.Body);
        TakeReturn();
        Locals = locals;
        Page = before;
        _includes.Pop();
        LeaveCall();
        return text;
    }

    /// <summary>Runs code that was a text and gives the value of its last expression.</summary>
    public object? Evaluate(Page page, Location at)
    {
        EnterCall(at);
        object? value = null;
        foreach (var statement in ((Block)page.Body).Statements)
        {
            if (statement is Output output) value = output.Value.Evaluate(this);
            else statement.Execute(this);
            if (Flow == Flow.None) continue;
            value = TakeReturn();
            break;
        }
        LeaveCall();
        return value;
    }

    /// <summary>What a statement writes, as text instead of output.</summary>
    public string Capture(Statement statement)
    {
        var (output, indent) = (_output, Indent);
        _output = new StringBuilder();
        Indent = null;
        statement.Execute(this);
        var text = _output.ToString();
        _work += text.Length;
        _output = output;
        Indent = indent;
        return text;
    }

    /// <summary>Text that has been through the output, and therefore through escaping.</summary>
    public object Rendered(string text) => EscapeHtml ? new SafeText(text) : text;

    public RenderException Error(Location at, ValueException e) => Error(at, e.Code, e.Message);

    public RenderException Error(Location at, string code, string message) =>
        new(new TemplateError(code, at.File ?? Page.Name, Math.Max(1, at.Line), Math.Max(1, at.Column), message) { IncludedFrom = [.. _includes] });

    public void EnsureStack(Location at)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error(at, TemplateErrorCodes.LimitRecursion, "Calls and expressions are nested too deeply here.");
    }
}
