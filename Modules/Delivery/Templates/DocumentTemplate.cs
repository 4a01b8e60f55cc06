using Billing.Templating;

namespace Billing.Delivery.Templates;

/// <summary>A compiled template; renders any number of documents, on several threads.</summary>
public sealed class DocumentTemplate
{
    private readonly Template template;

    internal DocumentTemplate(Template template) => this.template = template;

    /// <summary>Renders the template with one global.</summary>
    /// <param name="name">What the template calls the model, for example <c>invoice</c>.</param>
    /// <param name="model">The model; its members are seen in snake case.</param>
    /// <exception cref="DocumentTemplateException">The template fails on this model.</exception>
    public string Render(string name, object model)
    {
        var result = template.Render(new Dictionary<string, object?> { [name] = model });
        return result.Text ?? throw new DocumentTemplateException(result.Error!.ToString());
    }
}
