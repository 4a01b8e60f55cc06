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
    void CarrierAmount(decimal cost);
    void MarkedUp(decimal cost, decimal percent, decimal amount);
    void Free();
    void BelowMinimumSeconds(int seconds, int minimumSeconds);
    void StartedInBand(in CallToRate call, int band, int offsetSeconds);
    void Interval(int seconds, CompiledTerms terms, int billable);
    void Slice(int band, decimal perMinute, int seconds);
    void Usage(decimal amount);
    void PerCall(decimal price, decimal amount);
    void Connection(decimal price, decimal amount);
    void Minimum(decimal minimum, bool includesConnection, decimal before, decimal after);
    void Maximum(decimal maximum, bool includesConnection, decimal before, decimal after);
    void Reversed(decimal amount);
    void Rounded(decimal before, decimal after);
}

/// <summary>Hears nothing and costs nothing.</summary>
readonly struct Unrecorded : IStepRecorder
{
    public void Matched(in CallToRate call, int position) { }
    public void Unmatched(in CallToRate call, bool isKnown) { }
    public void NoDuration() { }
    public void CarrierAmount(decimal cost) { }
    public void MarkedUp(decimal cost, decimal percent, decimal amount) { }
    public void Free() { }
    public void BelowMinimumSeconds(int seconds, int minimumSeconds) { }
    public void StartedInBand(in CallToRate call, int band, int offsetSeconds) { }
    public void Interval(int seconds, CompiledTerms terms, int billable) { }
    public void Slice(int band, decimal perMinute, int seconds) { }
    public void Usage(decimal amount) { }
    public void PerCall(decimal price, decimal amount) { }
    public void Connection(decimal price, decimal amount) { }
    public void Minimum(decimal minimum, bool includesConnection, decimal before, decimal after) { }
    public void Maximum(decimal maximum, bool includesConnection, decimal before, decimal after) { }
    public void Reversed(decimal amount) { }
    public void Rounded(decimal before, decimal after) { }
}
