namespace Billing.Plugins.Tap;

/// <summary>Numbers of the application tags of NRTRDE 2.1; none of them means what it means in TAP.</summary>
static class NrtrdeTag
{
    public const int
        Nrtrde = 1,
        CallEventList = 2,
        MobileOriginated = 3,
        MobileTerminated = 4,
        Gprs = 5,
        AccessPointName = 16,
        BearerServiceCode = 18,
        CallEventDuration = 19,
        CallEventsCount = 20,
        CallEventStartTimeStamp = 21,
        CallingNumber = 22,
        CallReference = 23,
        ConnectedNumber = 27,
        DataVolumeIncoming = 28,
        DataVolumeOutgoing = 29,
        DialledDigits = 30,
        Imsi = 34,
        ReleaseVersion = 37,
        Sender = 38,
        SpecificationVersion = 41,
        SupplementaryServiceCode = 42,
        TeleServiceCode = 43,
        UtcTimeOffset = 45;
}
