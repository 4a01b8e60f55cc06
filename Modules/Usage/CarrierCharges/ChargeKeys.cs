using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Usage.CarrierCharges;

/// <summary>
/// What makes a charge the same charge when it comes again (rule C2): the carrier's own id where it has one, else everything but its wording. Equal lines
/// of one file are counted, for two equal lines are two charges.
/// </summary>
internal sealed class ChargeKeys
{
    private readonly Dictionary<Guid, int> seen = [];

    public Guid KeyOf(string? recordId, CarrierService service, DateInterval period, long quantity, decimal amount, string currency)
    {
        var facts = string.Create(CultureInfo.InvariantCulture,
            $"{recordId}\n{service.Identity}\n{service.Number}\n{service.Code}\n{period.From.DayNumber}\n{period.To!.Value.DayNumber}\n{quantity}\n{amount / 1.000000000000000000000000000m}\n{currency}");
        var key = Hash(recordId is null ? facts : "id\n" + recordId);
        if (recordId is not null) return key;
        seen[key] = seen.TryGetValue(key, out var times) ? times + 1 : 0;
        return seen[key] == 0 ? key : Hash(string.Create(CultureInfo.InvariantCulture, $"{facts}\n{seen[key]}"));
    }

    private static Guid Hash(string facts) => new(SHA256.HashData(Encoding.UTF8.GetBytes(facts)).AsSpan(0, 16));
}
