using Billing.Abstractions.Values;
using Billing.Customers.Services;

namespace Billing.Customers.Endpoints;

/// <summary>A number, range or circuit in the API; <c>Through</c> is the last day, included.</summary>
sealed record NumberView(long Id, string Service, string? Circuit, string? First, string? Last, DateOnly From, DateOnly? Through, int Version)
{
    public static NumberView Of(long id, string service, NumberBlock block, DateInterval valid, int version) => new(
        id, service, block.Circuit, block.Circuit is null ? NumberText.Show(block.First) : null, block.Circuit is null ? NumberText.Show(block.Last) : null, valid.From, valid.To?.AddDays(-1), version);
}
