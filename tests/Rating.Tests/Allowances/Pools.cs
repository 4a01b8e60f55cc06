using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Allowances;

namespace Billing.Rating.Tests.Allowances;

/// <summary>Ordinary allowances and calls, so that a test states only what matters to it. April 2026, 6p a minute.</summary>
static class Pools
{
    public static readonly DateInterval Ever = new(new(2026, 1, 1), null);

    public static Allowance Minutes(decimal minutes, CrossingPolicy crossing = CrossingPolicy.Split, AllowancePool pool = AllowancePool.Account) =>
        Of(crossing, pool, new AllowanceLimit(AllowanceMeasure.Seconds, minutes * 60));

    public static Allowance Of(CrossingPolicy crossing, AllowancePool pool, params AllowanceLimit[] limits) =>
        new("Inclusive", limits, Coverage.All, pool, crossing, CountsActual: false, ChargesSetup: false, null, PartPeriod.Full);

    public static AllowanceGrant Grant(Allowance allowance, long id = 1, DateInterval? valid = null, decimal quantity = 1, int anchor = 1, long? service = null, long? site = null) =>
        new(GrantSource.Given, id, id, allowance, [new GrantSlice(valid ?? Ever, quantity)], anchor, service, site);

    /// <summary>A call of so many minutes at 6p, on the 10th of April, in the order in which they are made.</summary>
    public static DrawCall Call(int line, decimal minutes, decimal? price = null, DateTimeOffset? at = null, long service = 1, long? site = null, string destination = "UK landline") => new()
    {
        Key = new DrawKey(1, line),
        RecordKey = new Guid(line, 0, 0, new byte[8]),
        StartedAt = at ?? new DateTimeOffset(2026, 4, 10, 9, 0, 0, TimeSpan.Zero).AddMinutes(line * 60),
        Day = DateOnly.FromDateTime((at ?? new DateTimeOffset(2026, 4, 10, 9, 0, 0, TimeSpan.Zero).AddMinutes(line * 60)).UtcDateTime),
        Account = 7,
        Service = service,
        Site = site,
        Destination = destination,
        Seconds = (int)(minutes * 60),
        BillableSeconds = (int)(minutes * 60),
        Price = price ?? minutes * 0.06m,
    };

    public static DrawCall Text(int line, long messages, decimal price) => Call(line, 0, price) with { Kind = CdrKind.Sms, Quantity = messages };

    public static DrawCall Data(int line, long bytes, decimal price) => Call(line, 0, price) with { Kind = CdrKind.Data, Quantity = bytes };

    public static PriceParts Parts(decimal setup = 0) => new(setup, Rounding.Up, 0.0001m, null);

    public static IReadOnlyList<CallDraw> Draw(IReadOnlyCollection<DrawCall> calls, params AllowanceGrant[] grants) => Draw(calls, grants, [], new DrawState());

    public static IReadOnlyList<CallDraw> Draw(
        IReadOnlyCollection<DrawCall> calls, IReadOnlyList<AllowanceGrant> grants, IReadOnlyList<SpendCap> caps, DrawState state, Func<DrawCall, PriceParts>? parts = null) =>
        AllowanceDrawing.Draw(calls, grants, caps, state, 0.01m, parts ?? (_ => Parts()));

    public static decimal[] Charges(this IReadOnlyList<CallDraw> draws) => [.. draws.Select(draw => draw.Charge)];
}
