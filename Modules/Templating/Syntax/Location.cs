namespace Billing.Templating.Syntax;

/// <summary>A place in a template, for errors.</summary>
readonly record struct Location(string File, int Line, int Column)
{
    public override string ToString() => $"{File}({Line},{Column})";
}
