namespace Billing.Tenancy.Users;

/// <summary>Who does something, as the audit trail names them.</summary>
/// <param name="Kind">What kind of party.</param>
/// <param name="Id">The person's or key's id within its tenant; null for the system.</param>
/// <param name="Name">As shown: a person's name, an API key's label.</param>
public sealed record Actor(ActorKind Kind, long? Id, string Name)
{
    /// <summary>Billing itself: jobs without a person behind them, the command line.</summary>
    public static Actor System { get; } = new(ActorKind.System, null, "Billing");
}
