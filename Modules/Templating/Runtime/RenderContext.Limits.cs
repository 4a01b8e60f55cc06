using Billing.Templating.Syntax;

namespace Billing.Templating.Runtime;

sealed partial class RenderContext
{
    private readonly long _started;
    private int _steps;
    private int _calls;
    private long _work;
    private int _untilClock;

    /// <summary>One step of a loop.</summary>
    public void Step(Location at)
    {
        if (++_steps > Limits.LoopSteps)
            throw Error(at, TemplateErrorCodes.LimitLoop, $"The loops of this template take more than {Limits.LoopSteps} steps.");
        Tick(at);
    }

    public void EnterCall(Location at)
    {
        if (++_calls > Limits.Recursion)
            throw Error(at, TemplateErrorCodes.LimitRecursion, $"Calls and includes are nested more than {Limits.Recursion} deep here.");
        EnsureStack(at);
        Tick(at);
    }

    public void LeaveCall() => _calls--;

    /// <summary>Counts items or characters made, or comparisons where there are many.</summary>
    public void Charge(long amount)
    {
        _work += amount;
        if (_work > Limits.Work || _work < 0)
            throw new ValueException(TemplateErrorCodes.LimitWork, $"The template makes more than {Limits.Work} items and characters.");
        if (amount > 1000 && Overdue() is { } why) throw new ValueException(TemplateErrorCodes.LimitTime, why);
    }

    /// <inheritdoc cref="Charge(long)"/>
    public void Charge(Location at, long amount)
    {
        try
        {
            Charge(amount);
        }
        catch (ValueException e)
        {
            throw Error(at, e);
        }
    }

    public void CheckArray(long length)
    {
        if (length > Limits.ArrayLength)
            throw new ValueException(TemplateErrorCodes.LimitSize, $"An array of {length} items is longer than the limit of {Limits.ArrayLength}.");
    }

    public void CheckText(long length)
    {
        if (length > Limits.StringLength)
            throw new ValueException(TemplateErrorCodes.LimitString, $"A text of {length} characters is longer than the limit of {Limits.StringLength}.");
    }

    private void Tick(Location at)
    {
        // The clock costs more than a step; sixty-four steps without a look at it are soon over.
        if (--_untilClock > 0) return;
        _untilClock = 64;
        Charge(at, 0);
        if (Overdue() is { } why) throw Error(at, TemplateErrorCodes.LimitTime, why);
    }

    private string? Overdue()
    {
        if (Options.Cancellation.IsCancellationRequested) return "The render was cancelled.";
        return Options.Time.GetElapsedTime(_started) > Limits.Time ? $"The render takes longer than {Limits.Time.TotalSeconds} seconds." : null;
    }
}
