namespace Billing.Access.Entrance;

/// <summary>What came of an attempt to sign in.</summary>
internal enum SignInAnswer
{
    /// <summary>In.</summary>
    Open,

    /// <summary>The password is right; the second factor is asked for.</summary>
    Half,

    /// <summary>Not known together: which of the two is wrong is not said.</summary>
    Wrong,

    /// <summary>Too many attempts.</summary>
    Wait,

    /// <summary>Right, but the tenant is suspended.</summary>
    Suspended,
}
