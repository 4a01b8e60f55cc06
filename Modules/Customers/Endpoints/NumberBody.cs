using System.ComponentModel;
using Billing.Abstractions.Values;
using Billing.Customers.Services;

namespace Billing.Customers.Endpoints;

/// <summary>An assignment as a program sends it: a circuit, a number (<c>First</c> alone) or a range.</summary>
sealed record NumberBody(
    [property: Description("Label of one of the account's services.")] string Service,
    [property: Description("First day that belongs to it.")] DateOnly From,
    [property: Description("Last day, included; left out for no end.")] DateOnly? Through = null,
    [property: Description("A number, +441632960500 or in the tenant's national form.")] string? First = null,
    [property: Description("Last number of a range, included.")] string? Last = null,
    [property: Description("A trunk or circuit as the carrier writes it, instead of numbers.")] string? Circuit = null)
{
    public Result<NumberBlock> Block(string country)
    {
        if ((Circuit is null) == (First is null) || Circuit is not null && Last is not null)
            return new Failure("number.one-of", "Send either 'circuit', or 'first' with or without 'last'.");
        if (Circuit is not null) return NumberBlock.OfCircuit(Circuit);
        if (!NumberText.Parse(First!, country).TryGet(out var first, out var failure)) return failure;
        if (Last is null) return NumberBlock.Of(first);
        return NumberText.Parse(Last, country).TryGet(out var last, out failure) ? NumberBlock.Range(first, last) : failure;
    }
}
