namespace Fixtures.CarrierLibrary;

/// <summary>What a plugin uses that is neither the contract nor the base library.</summary>
public static class CarrierText
{
    /// <summary>The id of the format that the plugin brings.</summary>
    public static string FormatId => "needs-library";
}
