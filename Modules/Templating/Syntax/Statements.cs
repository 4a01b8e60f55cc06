using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

sealed class Block(Location location, Statement[] statements) : Statement(location)
{
    public Statement[] Statements => statements;

    public override void Execute(RenderContext context)
    {
        foreach (var statement in statements)
        {
            statement.Execute(context);
            if (context.Flow != Flow.None) return;
        }
    }
}

/// <summary>Text between code blocks.</summary>
sealed class TextBlock(Location location, string text) : Statement(location)
{
    public string Text => text;

    public override void Execute(RenderContext context) => context.WriteText(text, Location);
}

/// <summary>The edge of a code block: what is written inside follows its indentation.</summary>
sealed class Indentation(Location location, string? indent) : Statement(location)
{
    public override void Execute(RenderContext context) => context.SetIndent(indent);
}

/// <summary>An expression on its own: its value is written.</summary>
sealed class Output(Location location, Expression value) : Statement(location)
{
    public Expression Value => value;

    public override void Execute(RenderContext context) => context.Write(value.Evaluate(context), Location);
}

/// <summary><c>x = value</c> and <c>x += value</c></summary>
sealed class Assignment(Location location, Expression target, BinaryOperator? operation, Expression value) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        object? result;
        if (operation is null)
        {
            result = value.Evaluate(context);
        }
        else
        {
            var before = target.Evaluate(context);
            if (operation == BinaryOperator.Coalesce && before is not null) return;
            var right = value.Evaluate(context);
            try
            {
                result = operation == BinaryOperator.Coalesce ? right : Operators.Apply(context, operation.Value, before, right);
            }
            catch (ValueException e)
            {
                throw context.Error(Location, e);
            }
        }
        ((IAssignable)target).Assign(context, result);
    }
}

/// <summary><c>func name … end</c> and <c>name(x) = …</c></summary>
sealed class FunctionDefinition(Location location, IAssignable name, ScriptFunction function) : Statement(location)
{
    public override void Execute(RenderContext context) => name.Assign(context, function);
}

sealed class If(Location location, (Expression Condition, Statement Body)[] branches, Statement? otherwise) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        foreach (var (condition, body) in branches)
        {
            if (!Values.IsTrue(condition.Evaluate(context))) continue;
            body.Execute(context);
            return;
        }
        otherwise?.Execute(context);
    }
}

sealed class Case(Location location, Expression value, (Expression[] Matches, Statement Body)[] branches, Statement? otherwise) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        var subject = value.Evaluate(context);
        foreach (var (matches, body) in branches)
        {
            foreach (var match in matches)
            {
                if (!Values.Equals(subject, match.Evaluate(context))) continue;
                body.Execute(context);
                return;
            }
        }
        otherwise?.Execute(context);
    }
}

sealed class While(Location location, Expression condition, Statement body) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        var state = new LoopState("while", null);
        context.Push(state);
        for (; Values.IsTrue(condition.Evaluate(context)); state.Index++)
        {
            context.Step(Location);
            body.Execute(context);
            if (context.Flow == Flow.Continue) context.Flow = Flow.None;
            if (context.Flow == Flow.None) continue;
            if (context.Flow == Flow.Break) context.Flow = Flow.None;
            break;
        }
        context.Pop();
    }
}

/// <summary>Leaves a loop's body: <c>break</c>, <c>continue</c></summary>
sealed class Jump(Location location, Flow flow) : Statement(location)
{
    public override void Execute(RenderContext context) => context.Flow = flow;
}

sealed class Return(Location location, Expression? value) : Statement(location)
{
    public override void Execute(RenderContext context) => context.Return(value?.Evaluate(context));
}

sealed class Capture(Location location, IAssignable target, Statement body) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        target.Assign(context, context.Rendered(context.Capture(body)));
    }
}

sealed class With(Location location, Expression target, Statement body) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        var scope = target.Evaluate(context);
        if (scope is null) throw context.Error(Location, TemplateErrorCodes.NullAccess, "`with` needs an object, but the value is null.");
        if (!Members.IsObject(scope) && scope is not ScriptArray)
            throw context.Error(Location, TemplateErrorCodes.Type, $"`with` needs an object, not a value of type {Values.TypeName(scope)}.");
        context.Push(scope);
        body.Execute(context);
        context.Pop();
    }
}

sealed class ReadOnlyVariable(Location location, string name) : Statement(location)
{
    public override void Execute(RenderContext context) => context.Protect(name);
}

sealed class Import(Location location, Expression source) : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        var value = source.Evaluate(context);
        if (value is null) return;
        if (!Members.IsObject(value))
            throw context.Error(Location, TemplateErrorCodes.Type, $"`import` needs an object, not a value of type {Values.TypeName(value)}.");
        // A read-only variable keeps its value; that is the language's rule, not an error.
        foreach (var (name, member) in Members.All(value).ToArray()) context.TrySet(name, member);
    }
}
