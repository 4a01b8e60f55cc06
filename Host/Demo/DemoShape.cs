namespace Billing.Host.Demo;

/// <summary>Why an account is in the demo.</summary>
enum DemoShape
{
    /// <summary>A plausible customer; most are.</summary>
    Ordinary,

    /// <summary>So many calls that its itemisation runs over many pages.</summary>
    Heavy,

    /// <summary>Sites in several towns, each with lines of its own.</summary>
    ManySites,

    /// <summary>Buys to resell: VAT is the customer's to account for.</summary>
    Wholesale,

    /// <summary>Asked for bills without single calls.</summary>
    NotItemised,

    /// <summary>Has a message of its own on its bills.</summary>
    Message,

    /// <summary>A name that needs more than one line.</summary>
    LongName,

    /// <summary>A name that would break a page which does not escape.</summary>
    Escaping,

    /// <summary>Left in mid-month; its number still makes calls.</summary>
    Leaver,

    /// <summary>Came in mid-month.</summary>
    Joiner,

    /// <summary>Had the number that moved, until it moved.</summary>
    MovedFrom,

    /// <summary>Has it since.</summary>
    MovedTo,

    /// <summary>Pays rental and makes no call.</summary>
    RentalOnly,

    /// <summary>Makes calls and pays no rental.</summary>
    CallsOnly,

    /// <summary>Changed to a faster service in mid-month.</summary>
    Upgrade,

    /// <summary>Pays some things by the quarter and by the year.</summary>
    LongPeriods,

    /// <summary>Gets the trunk that nobody entered.</summary>
    NewTrunk,

    /// <summary>Gets the numbers that nobody entered.</summary>
    NewNumbers,

    /// <summary>Gets the PBX account that nobody entered.</summary>
    NewPbxAccount,
}
