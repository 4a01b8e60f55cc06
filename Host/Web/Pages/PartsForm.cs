namespace Billing.Host.Web.Pages;

/// <summary>A made-up form with a field of every kind.</summary>
internal sealed class PartsForm
{
    public string Name { get; init; } = "";

    public string? Email { get; init; } = "ann@example.net";

    public DateOnly? DueOn { get; init; }

    public decimal? Limit { get; init; } = 1250m;

    public string Method { get; init; } = "direct-debit";

    public string? Notes { get; init; } = "Ring before noon.";

    public bool IsItemised { get; init; } = true;

    public string Number { get; init; } = "A001";

    public string? File { get; init; }

    public string Template { get; init; } = "<h1>Invoice {{ invoice.number }}</h1>\n{{ for line in invoice.lines }}\n<p class=\"line\">{{ line.description }}</p>\n{{ end }}\n";
}
