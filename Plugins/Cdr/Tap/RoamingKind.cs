namespace Billing.Plugins.Tap;

/// <summary>The files that networks exchange about roaming, which look alike from outside.</summary>
enum RoamingKind
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>A TAP batch of call events.</summary>
    Batch,

    /// <summary>A TAP file that says that there was nothing to charge.</summary>
    Notification,

    /// <summary>An NRTRDE file.</summary>
    Nrtrde,

    /// <summary>A RAP file by which events of an earlier TAP file are sent back.</summary>
    Return,

    /// <summary>A RAP file that says that another RAP file arrived.</summary>
    Acknowledgement,
}
