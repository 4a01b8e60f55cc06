using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>array.*</c>. None changes its input; each gives a new array.</summary>
static class ArrayFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("array")
        .Add("add", static (in Arguments a) => a.Array(a.Items(0).Append(a[1])), "list", "value")
        .Add("add_range", static (in Arguments a) => a.Array(a.Items(0).Concat(a.Items(1))), "list1", "list2")
        .Add("any", Any, "list", "function", "args...")
        .Add("compact", static (in Arguments a) => a.Has(0) ? a.Array(a.Items(0).Where(item => item is not null)) : null, "list")
        .Add("concat", static (in Arguments a) => a.Has(0) || a.Has(1) ? a.Array(a.Items(0).Concat(a.Items(1))) : null, "list1", "list2")
        .Add("contains", static (in Arguments a) => Contains(a), "list", "item")
        .Add("cycle", Cycle, "list", "group?")
        .Add("each", Each, "list", "function", "args...")
        .Add("filter", Filter, "list", "function", "args...")
        .Add("first", static (in Arguments a) => a.Items(0).FirstOrDefault(), "list")
        .Add("insert_at", InsertAt, "list", "index", "value")
        .Add("join", Join, "list", "delimiter", "function?")
        .Add("last", Last, "list")
        .Add("limit", static (in Arguments a) => a.Has(0) ? a.Array(a.Items(0).Take(Math.Max(0, a.Int(1)))) : null, "list", "count")
        .Add("map", Map, "list", "member")
        .Add("offset", static (in Arguments a) => a.Has(0) ? a.Array(a.Items(0).Skip(Math.Max(0, a.Int(1)))) : null, "list", "index")
        .Add("remove_at", RemoveAt, "list", "index")
        .Add("reverse", static (in Arguments a) => Reverse(a), "list")
        .Add("size", static (in Arguments a) => a.Has(0) ? Numbers.Fit(Values.Count(a.Items(0))) : 0, "list")
        .Add("sort", Sort, "list", "member?")
        .Add("uniq", static (in Arguments a) => a.Has(0) ? a.Array(a.Items(0).Distinct(ValueComparer.Instance)) : null, "list")
        .Seal();

    private static object? Any(in Arguments a)
    {
        var function = a.Function(1);
        foreach (var item in a.Items(0))
        {
            a.Context.Step(a.At);
            if (Values.IsTrue(a.Call(function, [item, .. a.Rest]))) return true;
        }
        return false;
    }

    private static bool Contains(in Arguments a)
    {
        var wanted = a[1];
        if (a.Items(0) is ScriptRange range) a.Context.Charge(range.Length);
        return a.Items(0).Any(item => Values.Equals(item, wanted));
    }

    private static object? Cycle(in Arguments a)
    {
        var list = a.Array(0);
        if (list.Count == 0) return null;
        // Without a group, calls with the same items share one.
        var group = a.Has(1) ? "group:" + a.Text(1) : "items:" + a.Context.TextOf(list);
        var cycles = a.Context.Cycles;
        cycles.TryGetValue(group, out var at);
        cycles[group] = (at + 1) % list.Count;
        return list[at % list.Count];
    }

    private static object? Each(in Arguments a)
    {
        if (!a.Has(0)) return null;
        var function = a.Function(1);
        var list = a.Array(0);
        for (var i = 0; i < list.Count; i++)
        {
            a.Context.Step(a.At);
            list[i] = a.Call(function, [list[i], .. a.Rest]);
        }
        return list;
    }

    private static object? Filter(in Arguments a)
    {
        if (!a.Has(0)) return null;
        var function = a.Function(1);
        var result = new ScriptArray();
        foreach (var item in a.Array(0))
        {
            a.Context.Step(a.At);
            if (Values.IsTrue(a.Call(function, [item, .. a.Rest]))) result.Add(item);
        }
        return result;
    }

    private static object? InsertAt(in Arguments a)
    {
        var list = a.Array(0);
        var index = Math.Max(0, a.Int(1));
        a.Context.CheckArray(Math.Max(index, list.Count) + 1L);
        a.Context.Charge(Math.Max(index, list.Count));
        while (list.Count < index) list.Add(null);
        list.Insert(index, a[2]);
        return list;
    }

    private static object? Join(in Arguments a)
    {
        var function = a.FunctionOrNull(2);
        var parts = new List<object?>();
        foreach (var item in a.Array(0))
        {
            if (parts.Count > 0) parts.Add(a[1]);
            object? part = item is SafeText ? item : a.Context.TextOf(item);
            if (function is not null)
            {
                a.Context.Step(a.At);
                part = a.Call(function, part);
            }
            parts.Add(part);
        }
        return a.Context.Concat([.. parts]);
    }

    private static object? Last(in Arguments a) => a.Items(0) switch
    {
        ScriptRange range => range.Length == 0 ? null : range.At(range.Length - 1),
        var items => items.LastOrDefault(),
    };

    private static object? Map(in Arguments a)
    {
        var name = a.TextOrNull(1);
        var list = a.Array(0);
        if (name is null) return list;
        for (var i = 0; i < list.Count; i++)
        {
            var item = list[i];
            list[i] = item is not null && Members.HasMembers(item) && Members.TryGet(item, name, out var value) ? value : null;
        }
        return list;
    }

    private static object? RemoveAt(in Arguments a)
    {
        var list = a.Array(0);
        var index = a.Int(1);
        if (index < 0) index += list.Count;
        if (index >= 0 && index < list.Count) list.RemoveAt(index);
        return list;
    }

    private static ScriptArray Reverse(in Arguments a)
    {
        var list = a.Array(0);
        list.Reverse();
        return list;
    }

    private static object? Sort(in Arguments a)
    {
        var member = a.TextOrNull(1);
        var keys = a.Array(0).Select(item => (Item: item, Key: member is null ? item : Key(item, member)));
        try
        {
            // Stable, so that equal items keep the order of the model.
            return a.Array(keys.OrderBy(pair => pair.Key, Comparer<object?>.Create(Values.Compare)).Select(pair => pair.Item).ToList());
        }
        catch (InvalidOperationException e) when (e.InnerException is ValueException inner)
        {
            throw inner;
        }
    }

    private static object? Key(object? item, string member) =>
        item is not null && Members.HasMembers(item) && Members.TryGet(item, member, out var value) ? value : null;

    /// <summary>The language's equality, for sets.</summary>
    private sealed class ValueComparer : IEqualityComparer<object?>
    {
        public static ValueComparer Instance { get; } = new();

        bool IEqualityComparer<object?>.Equals(object? x, object? y) => Values.Equals(x, y) && Values.TypeName(x) is "string" == (Values.TypeName(y) is "string");

        int IEqualityComparer<object?>.GetHashCode(object? value) => value switch
        {
            null => 0,
            string or SafeText => string.GetHashCode(Text.Of(value), StringComparison.Ordinal),
            bool flag => flag.GetHashCode(),
            _ when Numbers.IsNumber(value) => Numbers.ToDouble(value).GetHashCode(),
            _ when Dates.From(value) is { } date => date.DateTime.Date.Year,
            _ when Values.AsList(value) is { } list => (int)Math.Min(Values.Count(list), int.MaxValue),
            _ => value.GetHashCode(),
        };
    }
}
