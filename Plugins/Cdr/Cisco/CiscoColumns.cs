using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Cisco;

/// <summary>Where the heading of one file says that its columns are; 0 where it does not name one.</summary>
sealed record CiscoColumns(
    int Count, int Origination, int Connect, int Duration, int Calling, int OriginalCalled, int FinalCalled, int OriginDevice, int Id)
{
    public static CiscoColumns Of(ref CdrLine heading) => new(
        heading.FieldCount,
        Find(ref heading, "dateTimeOrigination"u8),
        Find(ref heading, "dateTimeConnect"u8),
        Find(ref heading, "duration"u8),
        Find(ref heading, "callingPartyNumber"u8),
        Find(ref heading, "originalCalledPartyNumber"u8),
        Find(ref heading, "finalCalledPartyNumber"u8),
        Find(ref heading, "origDeviceName"u8),
        Find(ref heading, "pkid"u8));

    /// <summary>A column without which no line can be read; null when all are there.</summary>
    public string? Missing => Origination == 0 ? "dateTimeOrigination" : Connect == 0 ? "dateTimeConnect" : Duration == 0 ? "duration" : Id == 0 ? "pkid" : FinalCalled == 0 ? "finalCalledPartyNumber" : null;

    private static int Find(ref CdrLine heading, ReadOnlySpan<byte> name)
    {
        for (var field = 1; field <= heading.FieldCount; field++)
            if (heading.Is(field, name)) return field;
        return 0;
    }
}
