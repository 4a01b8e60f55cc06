using Billing.Templating.Runtime;

namespace Billing.Templating.Syntax;

/// <summary>What can follow the sequence of a loop.</summary>
sealed record LoopSettings(Expression? Offset, Expression? Limit, Expression? Columns, bool Reversed);

/// <summary><c>for x in sequence … else … end</c> and, with rows and cells around the body, <c>tablerow</c>.</summary>
sealed class For(Location location, Expression variable, Expression sequence, LoopSettings settings, Statement body, Statement? otherwise, bool table)
    : Statement(location)
{
    public override void Execute(RenderContext context)
    {
        context.EnsureStack(Location);
        var value = sequence.Evaluate(context);
        var items = Items(context, value);
        if (items.Count == 0)
        {
            otherwise?.Execute(context);
            return;
        }

        var local = variable is LocalVariable ? variable.Name : null;
        var columns = table ? Math.Max(1, Setting(context, settings.Columns) ?? 1) : 1;
        var state = new LoopState(table ? "tablerow" : "for", local is null ? variable.Name : null) { Length = items.Count, Columns = columns };
        if (local is not null) context.Locals.Add(local);
        context.Push(state);
        object? previous = null;
        for (var index = 0; index < items.Count; index++)
        {
            context.Step(Location);
            var item = items.At(index);
            state.Index = index;
            state.Changed = index == 0 || !Values.Equals(previous, item);
            if (local is null) state.Value = item;
            else context.Locals.Set(local, item);
            previous = item;

            if (table) OpenCell(context, index, columns);
            body.Execute(context);
            if (table) CloseCell(context, index, columns, items.Count);

            if (context.Flow == Flow.Continue) context.Flow = Flow.None;
            if (context.Flow == Flow.None) continue;
            if (context.Flow == Flow.Break) context.Flow = Flow.None;
            break;
        }
        context.Pop();
        if (local is not null) context.Locals.Remove(local);
    }

    private void OpenCell(RenderContext context, int index, int columns)
    {
        var column = index % columns + 1;
        if (column == 1) context.WriteText($"<tr class=\"row{index / columns + 1}\">", Location);
        context.WriteText($"<td class=\"col{column}\">", Location);
    }

    private void CloseCell(RenderContext context, int index, int columns, int count)
    {
        context.WriteText("</td>", Location);
        if ((index + 1) % columns == 0 || index + 1 == count || context.Flow is Flow.Break or Flow.Return) context.WriteText("</tr>\n", Location);
    }

    private Slice Items(RenderContext context, object? value)
    {
        if (value is null) return default;
        try
        {
            long count;
            Func<long, object?> at;
            switch (value)
            {
                case ScriptRange range:
                    (count, at) = (range.Length, range.At);
                    break;
                case ScriptArray array:
                    // The body may change the array; what is gone through is what it was.
                    var copy = array.ToArray();
                    context.Charge(Location, copy.Length);
                    (count, at) = (copy.Length, i => copy[i]);
                    break;
                case System.Collections.IList list:
                    (count, at) = (list.Count, i => Values.FromModel(list[(int)i]));
                    break;
                default:
                    if (Values.AsSequence(value) is not { } items)
                        throw context.Error(sequence.Location, TemplateErrorCodes.Type, $"A loop needs something with items, not a value of type {Values.TypeName(value)}.");
                    var made = new List<object?>();
                    foreach (var item in items)
                    {
                        context.CheckArray(made.Count + 1);
                        made.Add(item);
                    }
                    context.Charge(Location, made.Count);
                    (count, at) = (made.Count, i => made[(int)i]);
                    break;
            }
            var start = Math.Clamp(Setting(context, settings.Offset) ?? 0, 0, count);
            var end = Math.Min(count, start + Math.Max(0, Setting(context, settings.Limit) ?? count));
            // Beyond this the limit on steps ends the loop long before.
            var length = (int)Math.Min(end - start, int.MaxValue);
            return new Slice(at, start, length, settings.Reversed);
        }
        catch (ValueException e)
        {
            throw context.Error(sequence.Location, e);
        }
    }

    private static int? Setting(RenderContext context, Expression? setting)
    {
        if (setting?.Evaluate(context) is not { } value) return null;
        try
        {
            return Numbers.IsNumber(value)
                ? Numbers.ToInt(value)
                : throw new ValueException(TemplateErrorCodes.Type, $"A number is needed here, not a value of type {Values.TypeName(value)}.");
        }
        catch (ValueException e)
        {
            throw context.Error(setting.Location, e);
        }
    }

    private readonly record struct Slice(Func<long, object?> Item, long Start, int Count, bool Reversed)
    {
        public object? At(int index) => Item(Reversed ? Start + Count - 1 - index : Start + index);
    }
}
