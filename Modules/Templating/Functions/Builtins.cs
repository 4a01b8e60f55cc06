using System.Collections.Frozen;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary>The names that every template knows without a model.</summary>
static class Builtins
{
    private static readonly FrozenDictionary<string, object> All = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["array"] = ArrayFunctions.Create(),
        ["date"] = DateFunctions.Create(),
        ["empty"] = Empty.Value,
        ["html"] = HtmlFunctions.Create(),
        ["include"] = IncludeFunctions.Include,
        ["include_join"] = IncludeFunctions.IncludeJoin,
        ["math"] = MathFunctions.Create(),
        ["money"] = MoneyFunctions.Create(),
        ["object"] = ObjectFunctions.Create(),
        ["regex"] = RegexFunctions.Create(),
        ["string"] = StringFunctions.Create(),
        ["timespan"] = TimeSpanFunctions.Create(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static object? Get(string name) => All.GetValueOrDefault(name);
}
