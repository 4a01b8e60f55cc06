using System.Collections.Concurrent;
using System.Text.Json;
using Billing.Templating.Parsing;
using Billing.Templating.Runtime;
using Billing.Templating.Syntax;

namespace Billing.Templating;

/// <summary>A compiled template in the Scriban language. It never changes and may be rendered by several threads at once.</summary>
public sealed class Template
{
    /// <summary>Included pages by who includes them and under which name; null for one that is not there.</summary>
    private readonly ConcurrentDictionary<(string Including, string Name), Page?> _included = new();

    private Template(Page page, TemplateOptions options)
    {
        Page = page;
        Options = options;
    }

    /// <summary>How it was compiled.</summary>
    public TemplateOptions Options { get; }

    internal Page Page { get; }

    /// <summary>Compiles a template and the templates it includes by a literal name; never throws for what the text says.</summary>
    /// <param name="text">The template.</param>
    /// <param name="options">Null for <see cref="TemplateOptions.Html"/>.</param>
    public static TemplateCompilation Compile(string text, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= TemplateOptions.Html;
        var errors = new List<TemplateError>();
        var (page, includes) = Parser.Parse(text, options.Name, options, errors);
        if (page is null) return new TemplateCompilation(null, errors);

        var template = new Template(page, options);
        template.CompileIncludes(page, includes, errors);
        return new TemplateCompilation(errors.Count == 0 ? template : null, errors);
    }

    /// <summary>Renders with the members of a .NET object (as <c>snake_case</c>), dictionary or JSON object as global variables.</summary>
    public RenderResult Render(object? model = null, RenderOptions? options = null)
    {
        RenderContext? context = null;
        try
        {
            // JSON is converted once; everything else is read where the template asks for it.
            context = new RenderContext(this, model is JsonElement or JsonDocument ? Values.FromModel(model) : model, options ?? RenderOptions.Default);
            Page.Body.Execute(context);
            return new RenderResult(context.Output, null);
        }
        catch (RenderException e)
        {
            return new RenderResult(null, e.Error);
        }
        catch (ValueException e)
        {
            return new RenderResult(null, context?.Error(default, e).Error ?? new TemplateError(e.Code, Options.Name, 1, 1, e.Message));
        }
        catch (InsufficientExecutionStackException)
        {
            return new RenderResult(null, new TemplateError(TemplateErrorCodes.LimitRecursion, Options.Name, 1, 1, "The template is nested too deeply."));
        }
    }

    /// <summary>The page of that name as seen from another; null when there is none. The first error of a page that does not parse is thrown.</summary>
    internal Page? Find(string name, string including)
    {
        if (_included.TryGetValue((including, name), out var page)) return page;
        if (Options.Loader?.Load(name, including) is not { } source) return null;
        var errors = new List<TemplateError>();
        (page, _) = Parser.Parse(source.Text, source.Name, Options, errors);
        if (page is null) throw new RenderException(errors[0]);
        return _included.GetOrAdd((including, name), page);
    }

    private void CompileIncludes(Page page, IReadOnlyList<(string Name, Location Location)> includes, List<TemplateError> errors)
    {
        if (Options.Loader is null) return;
        var names = new HashSet<string>(StringComparer.Ordinal) { page.Name };
        var waiting = new Queue<(string Including, string Name, Location Location)>(includes.Select(i => (page.Name, i.Name, i.Location)));
        while (waiting.TryDequeue(out var include) && errors.Count < Options.Limits.Errors)
        {
            if (_included.ContainsKey((include.Including, include.Name))) continue;
            if (Options.Loader.Load(include.Name, include.Including) is not { } source)
            {
                var at = include.Location;
                errors.Add(new TemplateError(TemplateErrorCodes.IncludeNotFound, at.File, at.Line, at.Column, $"There is no template `{include.Name}` to include."));
                continue;
            }
            var (included, more) = Parser.Parse(source.Text, source.Name, Options, errors);
            if (included is null) continue;
            _included[(include.Including, include.Name)] = included;
            if (!names.Add(included.Name)) continue;
            foreach (var (name, location) in more) waiting.Enqueue((included.Name, name, location));
        }
    }
}
