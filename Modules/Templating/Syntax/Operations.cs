using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

/// <summary><c>( expression )</c>: a function that comes out is called, unless it is the target of a call or alias.</summary>
sealed class Nested(Location location, Expression inner) : Expression(location, inner.Depth + 1)
{
    public Expression Inner { get; } = inner;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        return Settle(context, Inner.Evaluate(context));
    }

    public override object? EvaluateTarget(RenderContext context)
    {
        Guard(context);
        return Inner.EvaluateTarget(context);
    }
}

/// <summary><c>@ expression</c>: the function itself instead of its result.</summary>
sealed class Alias(Location location, Expression target) : Expression(location, target.Depth + 1)
{
    public Expression Target { get; } = target;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        return Target.EvaluateTarget(context);
    }
}

/// <summary><c>^ array</c> among the arguments of a call: one argument for every item.</summary>
sealed class Expanded(Location location, Expression operand) : Expression(location, operand.Depth + 1)
{
    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        return operand.Evaluate(context);
    }
}

enum UnaryOperator { Not, Negate, Plus }

sealed class Unary(Location location, UnaryOperator operation, Expression operand) : Expression(location, operand.Depth + 1)
{
    public UnaryOperator Operator { get; } = operation;

    public Expression Operand { get; } = operand;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        var value = Operand.Evaluate(context);
        if (Operator == UnaryOperator.Not) return !Values.IsTrue(value);
        if (value is null) return null;
        var sign = Operator == UnaryOperator.Negate ? '-' : '+';
        try
        {
            if (value is TimeSpan span) return Operator == UnaryOperator.Negate ? span.Negate() : span;
            if (!Numbers.IsNumber(value))
                throw context.Error(Location, TemplateErrorCodes.Type, $"`{sign}` needs a number, not a value of type {Values.TypeName(value)}.");
            return Operator == UnaryOperator.Negate ? Numbers.Negate(value) : value;
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }
}

/// <summary><c>++x</c>, <c>x--</c></summary>
sealed class Increment(Location location, Expression target, int by, bool before) : Expression(location, target.Depth + 1)
{
    public override object? Evaluate(RenderContext context)
    {
        var value = target.Evaluate(context);
        if (value is null || !Numbers.IsNumber(value))
            throw context.Error(Location, TemplateErrorCodes.Type, $"`{target.Name}` is no number, so it cannot be counted up or down.");
        try
        {
            var next = Numbers.Add(value, by);
            ((IAssignable)target).Assign(context, next);
            return before ? next : value;
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }
}

enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, DivideWhole, Remainder, ShiftLeft, ShiftRight, BinaryAnd, BinaryOr,
    Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Range, RangeExclusive,
    And, Or, Coalesce, CoalesceNot,
}

/// <param name="location">Where the operator stands.</param>
sealed class Binary(Location location, BinaryOperator operation, Expression left, Expression right)
    : Expression(location, Math.Max(left.Depth, right.Depth) + 1)
{
    public BinaryOperator Operator { get; } = operation;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        var first = Left.Evaluate(context);
        switch (Operator)
        {
            case BinaryOperator.And: return Values.IsTrue(first) && Values.IsTrue(Right.Evaluate(context));
            case BinaryOperator.Or: return Values.IsTrue(first) || Values.IsTrue(Right.Evaluate(context));
            case BinaryOperator.Coalesce: return first ?? Right.Evaluate(context);
            case BinaryOperator.CoalesceNot: return first is null ? null : Right.Evaluate(context);
        }
        var second = Right.Evaluate(context);
        try
        {
            return Operators.Apply(context, Operator, first, second);
        }
        catch (ValueException e)
        {
            throw context.Error(Location, e);
        }
    }
}

/// <summary><c>condition ? one : other</c></summary>
sealed class Conditional(Location location, Expression condition, Expression whenTrue, Expression whenFalse)
    : Expression(location, Deepest([condition, whenTrue, whenFalse]))
{
    public Expression Condition { get; } = condition;

    public Expression WhenTrue { get; } = whenTrue;

    public Expression WhenFalse { get; } = whenFalse;

    public override object? Evaluate(RenderContext context)
    {
        Guard(context);
        return (Values.IsTrue(Condition.Evaluate(context)) ? WhenTrue : WhenFalse).Evaluate(context);
    }
}
