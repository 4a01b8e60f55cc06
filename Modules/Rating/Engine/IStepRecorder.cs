using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>
/// Hears every step of the arithmetic as it is done. The pricing code is generic over it: with <see cref="Unrecorded"/> the calls
/// vanish at compile time, with <see cref="StepRecorder"/> they become the explanation - of the very same arithmetic.
/// </summary>
interface IStepRecorder
{
    void Matched(in CallToRate call, int position);
    void Unmatched(in CallToRate call, bool isKnown);
    void NoDuration();
    void NoQuantity(CdrKind kind);
    void CarrierAmount(decimal cost);
    void MarkedUp(decimal cost, decimal percent, decimal amount);
    void Free();
    void BelowMinimumSeconds(int seconds, int minimumSeconds);
    void StartedInBand(in CallToRate call, int band, int offsetSeconds);
    void Interval(int seconds, CompiledTerms terms, int billable);
    void Stage(int seconds, int freeSeconds, in CompiledStage stage, int billable);
    void Slice(int band, decimal perMinute, int seconds);
    void Usage(decimal amount);
    void Messages(long count, decimal price, decimal amount);
    void Data(long bytes, DataUnit unit, long billable, decimal perMegabyte, decimal amount);
    void PerCall(decimal price, decimal amount);
    void Connection(decimal price, decimal amount);
    void Minimum(decimal minimum, bool includesConnection, decimal before, decimal after);
    void Maximum(decimal maximum, bool includesConnection, decimal before, decimal after);
    void Service(decimal amount);
    void Access(int seconds, AccessCharge terms, int billable, decimal amount);
    void Parts(decimal service, decimal access, decimal amount);
    void Reversed(decimal amount);
    void Rounded(decimal before, decimal after);
}

/// <summary>Hears nothing and costs nothing.</summary>
readonly struct Unrecorded : IStepRecorder
{
    public void Matched(in CallToRate call, int position) { }
    public void Unmatched(in CallToRate call, bool isKnown) { }
    public void NoDuration() { }
    public void NoQuantity(CdrKind kind) { }
    public void CarrierAmount(decimal cost) { }
    public void MarkedUp(decimal cost, decimal percent, decimal amount) { }
    public void Free() { }
    public void BelowMinimumSeconds(int seconds, int minimumSeconds) { }
    public void StartedInBand(in CallToRate call, int band, int offsetSeconds) { }
    public void Interval(int seconds, CompiledTerms terms, int billable) { }
    public void Stage(int seconds, int freeSeconds, in CompiledStage stage, int billable) { }
    public void Slice(int band, decimal perMinute, int seconds) { }
    public void Usage(decimal amount) { }
    public void Messages(long count, decimal price, decimal amount) { }
    public void Data(long bytes, DataUnit unit, long billable, decimal perMegabyte, decimal amount) { }
    public void PerCall(decimal price, decimal amount) { }
    public void Connection(decimal price, decimal amount) { }
    public void Minimum(decimal minimum, bool includesConnection, decimal before, decimal after) { }
    public void Maximum(decimal maximum, bool includesConnection, decimal before, decimal after) { }
    public void Service(decimal amount) { }
    public void Access(int seconds, AccessCharge terms, int billable, decimal amount) { }
    public void Parts(decimal service, decimal access, decimal amount) { }
    public void Reversed(decimal amount) { }
    public void Rounded(decimal before, decimal after) { }
}
