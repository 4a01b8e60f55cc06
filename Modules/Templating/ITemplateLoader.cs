namespace Billing.Templating;

/// <summary>Finds the templates that others include. Implementations are called from several threads.</summary>
public interface ITemplateLoader
{
    /// <summary>The template that <paramref name="name"/> means when <paramref name="includingName"/> includes it; null when there is none.</summary>
    /// <param name="name">As written in the template: untrusted.</param>
    /// <param name="includingName">The resolved name of the template that contains the include; the main template's is the one it was compiled under.</param>
    TemplateSource? Load(string name, string includingName);
}
