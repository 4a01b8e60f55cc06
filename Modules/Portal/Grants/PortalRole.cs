namespace Billing.Portal.Grants;

/// <summary>What somebody is in their company, as far as the portal goes; a word in the database and in forms.</summary>
public static class PortalRole
{
    /// <summary>Sees bills and calls, and keeps the contacts.</summary>
    public const string Owner = "owner";

    /// <summary>Sees bills, and the calls of chosen numbers.</summary>
    public const string Bills = "bills";

    /// <summary>Sees the calls of chosen numbers and no bill.</summary>
    public const string OwnNumbers = "own-numbers";

    /// <summary>All of them, the most first.</summary>
    public static IReadOnlyList<string> All { get; } = [Owner, Bills, OwnNumbers];

    /// <summary>As people read it.</summary>
    public static string Written(string role) => role switch
    {
        Owner => "Owner: bills, calls and contacts",
        Bills => "Bookkeeping: bills",
        OwnNumbers => "Own numbers: calls only",
        _ => role,
    };
}
