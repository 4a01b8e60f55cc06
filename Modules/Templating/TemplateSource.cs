namespace Billing.Templating;

/// <summary>The text of a template and the name under which errors show it and its own includes are resolved.</summary>
public sealed record TemplateSource(string Name, string Text);
