namespace Billing.Screens.Parts;

/// <summary>How a state feels: decides the colour of a <see cref="Badge"/>. The words say the same.</summary>
public enum Tone
{
    /// <summary>Not begun, or of no interest.</summary>
    Quiet,

    /// <summary>Going on now.</summary>
    Active,

    /// <summary>Done and well.</summary>
    Good,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>Failed or stopped.</summary>
    Bad,
}
