namespace Billing.Templating;

/// <summary>Text that is HTML already and is written as it is where other values are escaped.</summary>
/// <remarks>A model may carry it for markup the host made itself; never put a customer's or reseller's words into it unescaped.</remarks>
public sealed record SafeText(string Html)
{
    public override string ToString() => Html;
}
