using Billing.Abstractions.Cdr;
using Billing.Catalog.Allowances;
using Billing.Usage.Explaining;

namespace Billing.Usage.Endpoints;

/// <summary>An explanation in the API; who may not mend usage sees numbers without their last digits.</summary>
sealed record CallTraceView(
    long FileId, string FileName, string Format, long Line, int Lines, string Raw, string State, CallReadView? Call, OwnerFound? Owner, IReadOnlyList<TariffTried> Tariffs,
    string? Tariff, int? TariffVersion, IReadOnlyList<StepView> Steps, decimal? Computed, decimal? Charge, bool IsReproduced, string? ErrorCode, string? ErrorMessage)
{
    public static CallTraceView Of(CallTrace trace, Func<string?, string?> shown) => new(
        trace.FileId, trace.FileName, trace.Format, trace.Line, trace.Lines, shown(trace.Raw) ?? "", trace.State,
        trace.Facts is { } call
            ? new CallReadView(call.StartedAt, trace.StartedLocal, trace.IsTimeDoubtful, call.Direction == CallDirection.Out ? "out" : "in", AllowanceWords.Of(call.Kind), trace.IsAnswered,
                shown(call.Caller), shown(call.Called), shown(call.Circuit), call.Seconds, call.Quantity, call.ChargeCode, call.Cost, call.CostCurrency.IsUnset ? null : call.CostCurrency.Code)
            : null,
        trace.Owner is { } owner ? owner with { Why = shown(owner.Why) ?? "" } : null, trace.Tariffs, trace.Tariff, trace.TariffVersion,
        [.. trace.Steps.Select(step => new StepView(step.Name, step.Values.ToDictionary(value => value.Key, value => value.Value is string text ? shown(text)! : value.Value, StringComparer.Ordinal), shown(step.Text) ?? ""))],
        trace.Computed, trace.Charge, trace.IsReproduced, trace.Error?.Code, shown(trace.Error?.Message));
}
