using System.ComponentModel;
using Billing.Invoicing.BillingRuns;

namespace Billing.Invoicing.Endpoints;

/// <summary>One of the next steps of a run in the API.</summary>
sealed record StepView(
    [property: Description("dates, a gate's name, draft, request, post or print.")] string Name,
    string Title,
    NextStepState State,
    [property: Description("What is known, in a sentence.")] string Facts,
    [property: Description("Why it can't be done yet.")] IReadOnlyList<string> Blocks,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt)
{
    public static StepView Of(NextStep step) => new(step.Name, step.Title, step.State, step.Facts, step.Blocks, step.Confirmation?.By, step.Confirmation?.At);
}
