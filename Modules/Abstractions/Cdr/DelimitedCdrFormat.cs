namespace Billing.Abstractions.Cdr;

/// <summary>To come.</summary>
public abstract class DelimitedCdrFormat
{
}
