namespace Billing.Host.Demo;

/// <summary>Who writes the demo's call files, and thereby in which layout.</summary>
enum DemoCarrier
{
    /// <summary>UK standard file of 42 columns; bills by trunk.</summary>
    Gamma,

    /// <summary>Pre-rated file of eight columns; bills by calling number and gives the end of a call.</summary>
    Prerated,

    /// <summary>The reseller's own Asterisk systems; bill by account code and price nothing.</summary>
    Asterisk,
}
