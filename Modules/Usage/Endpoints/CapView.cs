using Billing.Usage.Allowances;

namespace Billing.Usage.Endpoints;

/// <summary>A spend cap in a period, in the API.</summary>
sealed record CapView(string Name, string? For, DateOnly From, DateOnly Through, decimal Limit, decimal Billed, decimal Over, bool IsNear)
{
    public static CapView Of(CapBalance cap) => new(cap.Name, cap.Owner, cap.From, cap.Through, cap.Limit, cap.Billed, cap.Over, cap.IsNear);
}
