using System.Text;
using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

/// <summary>The operators that need both of their values.</summary>
static class Operators
{
    public static object? Apply(RenderContext context, BinaryOperator operation, object? a, object? b)
    {
        switch (operation)
        {
            case BinaryOperator.Equal: return Values.Equals(a, b);
            case BinaryOperator.NotEqual: return !Values.Equals(a, b);
            case BinaryOperator.ShiftLeft when a is ScriptArray array: return Append(context, array, b, last: true);
            case BinaryOperator.ShiftRight when b is ScriptArray array: return Append(context, array, a, last: false);
            case BinaryOperator.Less or BinaryOperator.LessEqual or BinaryOperator.Greater or BinaryOperator.GreaterEqual:
                return Compare(context, operation, a, b);
        }
        if (Values.IsText(a) || Values.IsText(b)) return OnText(context, operation, a, b);
        if (a is null || b is null) return null;
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b)) return OnNumbers(operation, a, b);
        if (OnTime(operation, a, b) is { } time) return time;
        if (Values.AsList(a) is { } list) return OnLists(context, operation, list, b) ?? throw Unsupported(operation, a, b);
        if (operation == BinaryOperator.Multiply && Values.AsList(b) is { } repeated) return OnLists(context, operation, repeated, a) ?? throw Unsupported(operation, a, b);
        throw Unsupported(operation, a, b);
    }

    private static bool Compare(RenderContext context, BinaryOperator operation, object? a, object? b)
    {
        if (a is null || b is null) return false;
        var order = Values.AsList(a) is { } x && Values.AsList(b) is { } y ? CompareLists(context, x, y) : Values.Compare(a, b);
        return operation switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static int CompareLists(RenderContext context, IEnumerable<object?> a, IEnumerable<object?> b)
    {
        context.Charge(Math.Min(Values.Count(a), Values.Count(b)));
        foreach (var (x, y) in a.Zip(b))
        {
            if (Values.Compare(x, y) is not 0 and var order) return order;
        }
        return Values.Count(a).CompareTo(Values.Count(b));
    }

    private static object OnNumbers(BinaryOperator operation, object a, object b) => operation switch
    {
        BinaryOperator.Add => Numbers.Add(a, b),
        BinaryOperator.Subtract => Numbers.Subtract(a, b),
        BinaryOperator.Multiply => Numbers.Multiply(a, b),
        BinaryOperator.Divide => Numbers.Divide(a, b),
        BinaryOperator.DivideWhole => Numbers.DivideWhole(a, b),
        BinaryOperator.Remainder => Numbers.Remainder(a, b),
        BinaryOperator.ShiftLeft => Numbers.Shift(a, b, left: true),
        BinaryOperator.ShiftRight => Numbers.Shift(a, b, left: false),
        BinaryOperator.BinaryAnd => Numbers.And(a, b),
        BinaryOperator.BinaryOr => Numbers.Or(a, b),
        BinaryOperator.Range => new ScriptRange(Whole(a), Whole(b), inclusive: true),
        BinaryOperator.RangeExclusive => new ScriptRange(Whole(a), Whole(b), inclusive: false),
        _ => throw Unsupported(operation, a, b),
    };

    private static long Whole(object value) => Numbers.IsWhole(value)
        ? Numbers.ToLong(value)
        : throw new ValueException(TemplateErrorCodes.Type, $"A range needs whole numbers, not {Numbers.Format(value)}.");

    private static object OnText(RenderContext context, BinaryOperator operation, object? a, object? b)
    {
        switch (operation)
        {
            case BinaryOperator.Add:
                return context.Concat([a, b]);
            case BinaryOperator.Multiply when Values.IsText(a) && Numbers.IsWhole(b):
                return Repeat(context, a!, Numbers.ToLong(b!));
            case BinaryOperator.Multiply when Values.IsText(b) && Numbers.IsWhole(a):
                return Repeat(context, b!, Numbers.ToLong(a!));
        }
        throw Unsupported(operation, a, b);
    }

    private static object Repeat(RenderContext context, object text, long times)
    {
        var value = context.TextOf(text);
        if (times <= 0 || value.Length == 0) return "";
        context.CheckText(times > context.Limits.StringLength ? times : value.Length * times);
        var result = new StringBuilder(value.Length * (int)times).Insert(0, value, (int)times).ToString();
        context.Charge(result.Length);
        return text is SafeText ? new SafeText(result) : result;
    }

    private static object? OnTime(BinaryOperator operation, object a, object b)
    {
        try
        {
            if (a is TimeSpan x && b is TimeSpan y)
                return operation switch { BinaryOperator.Add => x + y, BinaryOperator.Subtract => x - y, _ => null };
            if (Dates.From(a) is not { } date) return null;
            if (b is TimeSpan span) return operation switch { BinaryOperator.Add => date + span, BinaryOperator.Subtract => date - span, _ => null };
            if (operation != BinaryOperator.Subtract || Dates.From(b) is not { } other) return null;
            return a is DateTimeOffset && b is DateTimeOffset ? date - other : date.DateTime - other.DateTime;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new ValueException(TemplateErrorCodes.Arithmetic, "The result is beyond the years 1 to 9999.");
        }
    }

    private static ScriptArray? OnLists(RenderContext context, BinaryOperator operation, IEnumerable<object?> list, object? other)
    {
        var right = Values.AsList(other);
        switch (operation)
        {
            case BinaryOperator.Add when right is not null:
                return Made(context, list, Values.Count(list) + Values.Count(right), right);
            case BinaryOperator.BinaryAnd or BinaryOperator.BinaryOr when right is not null && Compared(context, list, right) is false:
                return null;
            case BinaryOperator.BinaryAnd when right is not null:
                return Made(context, list.Where(item => right.Any(o => Values.Equals(item, o))), 0);
            case BinaryOperator.BinaryOr when right is not null:
                return Made(context, list.Concat(right.Where(item => !list.Any(o => Values.Equals(item, o)))), 0);
            case BinaryOperator.Multiply when Numbers.IsWhole(other):
                var times = Math.Max(0, Numbers.ToLong(other!));
                var count = Values.Count(list);
                context.CheckArray(times > context.Limits.ArrayLength && count > 0 ? times : count * times);
                var repeated = new ScriptArray();
                for (long i = 0; i < times && count > 0; i++) repeated.AddRange(list);
                context.Charge(repeated.Count);
                return repeated;
            default:
                return null;
        }
    }

    /// <summary>Every item of one against every item of the other: the effort is counted before it is made.</summary>
    private static bool Compared(RenderContext context, IEnumerable<object?> a, IEnumerable<object?> b)
    {
        var effort = (System.Int128)Values.Count(a) * Values.Count(b);
        context.Charge(effort > long.MaxValue / 2 ? long.MaxValue / 2 : (long)effort);
        return true;
    }

    private static ScriptArray Made(RenderContext context, IEnumerable<object?> items, long count, IEnumerable<object?>? more = null)
    {
        context.CheckArray(count);
        var array = new ScriptArray();
        foreach (var item in more is null ? items : items.Concat(more))
        {
            context.CheckArray(array.Count + 1);
            array.Add(item);
        }
        context.Charge(array.Count);
        return array;
    }

    private static ScriptArray Append(RenderContext context, ScriptArray array, object? item, bool last)
    {
        context.CheckArray(array.Count + 1);
        context.Charge(array.Count + 1);
        var result = new ScriptArray(array.Count + 1);
        if (!last) result.Add(item);
        result.AddRange(array);
        if (last) result.Add(item);
        return result;
    }

    private static ValueException Unsupported(BinaryOperator operation, object? a, object? b) =>
        new(TemplateErrorCodes.Type, $"The operator `{Sign(operation)}` is not for values of type {Values.TypeName(a)} and {Values.TypeName(b)}.");

    private static string Sign(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideWhole => "//",
        BinaryOperator.Remainder => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.BinaryAnd => "&",
        BinaryOperator.BinaryOr => "|",
        BinaryOperator.Range => "..",
        BinaryOperator.RangeExclusive => "..<",
        _ => operation.ToString(),
    };
}
