using System.Text;
using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating.Functions;

/// <summary><c>include</c> and <c>include_join</c>. What they give has been escaped already where escaping is on.</summary>
static class IncludeFunctions
{
    public static IFunction Include { get; } = new IncludeFunction();

    public static IFunction IncludeJoin { get; } = new Builtin("include_join", ["names", "separator", "begin?", "end?"], Join);

    private const string TemplatePrefix = "tpl:";

    private sealed class IncludeFunction : IFunction
    {
        public object? Invoke(RenderContext context, Location at, CallArguments arguments)
        {
            if (arguments.Positional is not [var name, ..] || !Values.IsText(name))
                throw context.Error(at, TemplateErrorCodes.Arguments, "`include` needs the name of a template as its first argument.");
            return Rendered(context, at, Text.Of(name), arguments with { Positional = arguments.Positional[1..] });
        }
    }

    private static object Rendered(RenderContext context, Location at, string name, CallArguments arguments)
    {
        if (context.Template.Options.Loader is null)
            throw context.Error(at, TemplateErrorCodes.IncludeNotFound, "Templates cannot be included here.");
        var page = context.Template.Find(name, context.Page.Name)
            ?? throw context.Error(at, TemplateErrorCodes.IncludeNotFound, $"There is no template `{name}` to include.");
        return context.Rendered(context.Include(page, at, arguments));
    }

    private static object? Join(in Arguments a)
    {
        var (context, at) = (a.Context, a.At);
        var parts = new List<string>();
        var separator = Part(a, 1);
        foreach (var name in a.Array(0)) parts.Add(Text.Of(Rendered(context, at, Text.Of(name), CallArguments.None)));
        var joined = a.Made(string.Join(separator, parts));
        // Nothing inside, nothing around.
        if (joined.Length == 0) return context.Rendered("");
        return context.Rendered(new StringBuilder(Part(a, 2)).Append(joined).Append(Part(a, 3)).ToString());
    }

    private static string Part(in Arguments a, int index)
    {
        var text = a.Text(index);
        return text.StartsWith(TemplatePrefix, StringComparison.Ordinal)
            ? Text.Of(Rendered(a.Context, a.At, text[TemplatePrefix.Length..], CallArguments.None))
            : text;
    }
}
