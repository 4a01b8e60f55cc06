using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;

namespace Billing.Usage.CarrierCharges;

/// <summary>
/// Finds out whose a carrier's charge is: pure, over tables read beforehand. Import and matching again ask the same object, so a line that is matched again
/// under unchanged data stays what it is, and the order of files does not show.
/// </summary>
/// <remarks>
/// What somebody ruled comes first. Else, as for calls, the circuit before the number (rule N6), a single number before a range (N8), and who has it on the day: the first
/// day of the charge's period, or the last one where nobody had it on the first. Where both days have an owner and not the same, nobody guesses. A credit
/// for days in which the number is nobody's any more belongs to who had it on the day before them: it gives back what was charged to that one.
/// </remarks>
internal sealed class ChargeMatcher
{
    private readonly OwnerIndex owners;
    private readonly ILookup<(string, string, string), CarrierRuling> rulings;

    public ChargeMatcher(OwnerIndex owners, IEnumerable<CarrierRuling> rulings)
    {
        this.owners = owners;
        this.rulings = rulings.Where(r => r.FromOn is not null).OrderByDescending(r => r.FromOn).ToLookup(r => (r.Carrier, r.SubjectKind, r.Subject));
    }

    public static async Task<ChargeMatcher> LoadAsync(TenantDb db, CancellationToken cancellationToken) =>
        new(new OwnerIndex(await ServiceList.LoadAssignmentsAsync(db, cancellationToken)), await CarrierRuling.StandingAsync(db, cancellationToken));

    public MatchedCharge Match(CarrierService service, DateInterval period, decimal amount)
    {
        var (kind, about) = service.RuledBy;
        if (rulings[(service.Carrier, kind, about)].FirstOrDefault(r => r.FromOn <= period.From) is { } ruling)
            return ruling.IsExclusion
                ? new(ChargeState.Excluded, null, null, ruling.Id, ruling.Code, about, null)
                : new(ChargeState.Allocated, ruling.AccountId, ruling.ServiceId, ruling.Id, null, null, null);
        if (service.Subject is not { } subject)
            return Failed(ChargeError.NoService, about, $"The line names no service, only the product '{about}'. Say whose it is, or exclude it as a cost of your own.");

        var last = period.To!.Value.AddDays(-1);
        var (atFirst, atLast) = (OwnerOn(service, period.From, out var isKnown), OwnerOn(service, last, out _));
        if (atFirst is not null && atLast is not null && atFirst.Service != atLast.Service)
            return Failed(ChargeError.OwnerChanged, subject, Say($"'{subject}' belongs to '{atFirst.Label}' on {period.From:yyyy-MM-dd} and to '{atLast.Label}' on {last:yyyy-MM-dd}. Say whose the charge is."));
        if ((atFirst ?? atLast) is { } owner) return Owned(owner);
        if (amount < 0 && period.From > DateOnly.MinValue && OwnerOn(service, period.From.AddDays(-1), out _) is { } before) return Owned(before);
        return isKnown
            ? Failed(ChargeError.NotOwned, subject, Say($"'{subject}' belongs to a customer, but not from {period.From:yyyy-MM-dd} to {last:yyyy-MM-dd}. Check when it was added or dropped, or ask the carrier to cease it."))
            : Failed(ChargeError.Unassigned, subject, $"'{subject}' is assigned to no customer. Assign it to a service, or ask the carrier to cease it.");
    }

    private ServiceOwner? OwnerOn(CarrierService service, DateOnly day, out bool isKnown)
    {
        isKnown = false;
        if (service.Identity is { } circuit && owners.FindCircuit(circuit, day, out isKnown) is { } found) return found;
        // A circuit that is known decides, and the number beside it can be anything.
        return !isKnown && CallPricer.NumberOf(service.Number) is { IsUnset: false } number ? owners.FindNumber(number, day, out isKnown) : null;
    }

    private static MatchedCharge Owned(ServiceOwner owner) => new(ChargeState.Allocated, owner.Account.Value, owner.Service.Value, null, null, null, null);

    private static MatchedCharge Failed(string code, string subject, string message) => new(ChargeState.Unallocated, null, null, null, code, subject, message);

    private static string Say(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
