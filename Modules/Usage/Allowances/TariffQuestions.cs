using System.Text;
using Billing.Abstractions.Values;
using Billing.Rating.Allowances;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;

namespace Billing.Usage.Allowances;

/// <summary>
/// What the tariff versions that priced some calls say of their parts. Few calls need them and a tariff may be large, so versions are read when the
/// first drawing shows that it wants one, and the drawing is done again.
/// </summary>
internal sealed class TariffQuestions
{
    // A place every tariff with a UK geographic rate has one for.
    private const ulong London = 442079460000;

    private static readonly PriceParts Unknown = new(0, Rounding.HalfUp, 0.000001m, null);

    private readonly Dictionary<(long Id, int Version), CompiledTariff?> tariffs = [];
    private readonly HashSet<(long Id, int Version)> missing = [];

    /// <summary>True when a version was asked that is not read yet.</summary>
    public bool AreOpen => missing.Count > 0;

    public PriceParts Ask(OpenCall call)
    {
        if (!tariffs.TryGetValue(call.Tariff, out var tariff))
        {
            missing.Add(call.Tariff);
            return Unknown;
        }
        return tariff is null ? Unknown : PartsOf(tariff, call);
    }

    public async Task ReadAsync(TenantDb db, CancellationToken cancellationToken)
    {
        foreach (var (id, version) in missing)
        {
            var document = await db.FindAsync($"select document from rating.tariff_version where tariff_id = {id} and version = {version}", row => row.Text(0), cancellationToken);
            tariffs[(id, version)] = document is null ? null : CompiledTariff.Compile(TariffReader.Read(document).TariffOrThrow());
        }
        missing.Clear();
    }

    /// <summary>What one version says of a call's price.</summary>
    internal static PriceParts PartsOf(CompiledTariff tariff, OpenCall call)
    {
        var code = call.ChargeCode is null ? [] : Encoding.UTF8.GetBytes(call.ChargeCode);
        var explanation = tariff.Explain(new CallToRate
        {
            StartedAt = call.Call.StartedAt,
            To = CallPricer.DialledOf(call.Called),
            DurationSeconds = Math.Abs(call.Call.Seconds),
            ChargeCode = code,
            Cost = call.Cost is { } cost ? Math.Abs(cost) : null,
            CostCurrency = call.CostCurrency,
            Kind = call.Call.Kind,
            Quantity = Math.Abs(call.Call.Quantity),
        });
        var setup = explanation.Steps.Where(step => step.Name == "connection").Sum(step => (decimal)step.Values.Single(value => value.Key == "add").Value);
        var rounding = tariff.Tariff.Rounding;
        return new PriceParts(setup, rounding.Level == RoundingLevel.Call ? rounding.Mode : Unknown.Mode, rounding.Level == RoundingLevel.Call ? rounding.Unit : Unknown.Unit,
            call.Call.IsUkWide ? GeographicOf(tariff, call.Call.StartedAt) : null);
    }

    private static string? GeographicOf(CompiledTariff tariff, DateTimeOffset at)
    {
        if (!E164Number.TryCreate(London, out var london)) return null;
        var charge = tariff.Rate(new CallToRate { StartedAt = at, To = london, DurationSeconds = 60 });
        return charge is { IsRated: true, RateIndex: >= 0 } ? tariff.Tariff.Rates[charge.RateIndex].Destination : null;
    }
}
