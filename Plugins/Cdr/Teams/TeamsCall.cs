namespace Billing.Plugins.Teams;

/// <summary>What both logs of Teams have in common.</summary>
static class TeamsCall
{
    /// <summary><c>user_in</c>, <c>ucap_in</c>, <c>ByotIn</c> and <c>ByotInUcap</c> come in; <c>user_out</c>, <c>ByotOut</c>, <c>ByotOutUserForwarding</c> and the like go out.</summary>
    public static bool IsInbound(ReadOnlySpan<byte> type) =>
        type.EndsWith("_in"u8) || type.StartsWith("ByotIn"u8) || type.StartsWith("MediaByotIn"u8);

    /// <summary>The year 1 stands for a time that never was.</summary>
    public static bool IsNever(ReadOnlySpan<byte> time) => time.IsEmpty || time.StartsWith("0001-"u8);
}
