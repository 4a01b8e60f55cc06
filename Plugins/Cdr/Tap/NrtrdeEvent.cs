using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>Reads one call event of an NRTRDE file.</summary>
ref struct NrtrdeEvent(byte[] sender, byte[] scratch)
{
    private RoamingEvent read = new(scratch);
    private TimeSpan? offset;

    /// <summary>Why the event is no record.</summary>
    public readonly EventFault? Fault => read.Fault;

    /// <summary>Reads the event.</summary>
    /// <returns>False when it is no record; <see cref="Fault"/> says why.</returns>
    public bool TryRead(BerElement callEvent, ref CallDetailRecord call)
    {
        if (callEvent.Encoded.Length > EventFault.MaxEventBytes) read.Fault = EventFault.TooLong(callEvent);
        else if (callEvent.Tag is not (NrtrdeTag.MobileOriginated or NrtrdeTag.MobileTerminated or NrtrdeTag.Gprs)) read.Fault = EventFault.Unknown(callEvent, null);
        if (Fault is not null) return false;

        Visit(callEvent.Children);
        if (!read.Start.IsUnset && offset is null) read.Fault ??= EventFault.Missing(callEvent, "UtcTimeOffset");
        read.Start = read.Start with { Offset = offset };
        // Only a service was switched on or off; TAP has an event of its own for it.
        if (callEvent.Tag == NrtrdeTag.MobileOriginated && !read.HasService && !read.SupplementaryCode.IsEmpty)
            return read.TryFillSupplementary(callEvent, sender, isCharged: false, ref call);
        return callEvent.Tag switch
        {
            NrtrdeTag.MobileOriginated => read.TryFillOriginated(callEvent, sender, ref call),
            NrtrdeTag.MobileTerminated => read.TryFillTerminated(callEvent, sender, ref call),
            _ => read.TryFillData(callEvent, sender, ref call),
        };
    }

    private void Visit(BerReader elements)
    {
        foreach (var element in elements)
        {
            if (Fault is not null) return;
            switch (element.Tag)
            {
                case NrtrdeTag.Imsi when read.Imsi.IsEmpty: read.Imsi = read.Digits(element, "Imsi"); break;
                case NrtrdeTag.CallEventStartTimeStamp: read.Clock(element, "CallEventStartTimeStamp"); break;
                case NrtrdeTag.UtcTimeOffset: Offset(element); break;
                case NrtrdeTag.CallEventDuration: read.Duration(element, "CallEventDuration"); break;
                case NrtrdeTag.TeleServiceCode: read.Teleservice(element); break;
                case NrtrdeTag.BearerServiceCode: read.Bearer(); break;
                case NrtrdeTag.SupplementaryServiceCode when read.SupplementaryCode.IsEmpty: read.SupplementaryCode = read.Text(element, "SupplementaryServiceCode"); break;
                case NrtrdeTag.ConnectedNumber when read.Called.IsEmpty: read.Called = read.Text(element, "ConnectedNumber"); break;
                case NrtrdeTag.DialledDigits when read.Dialled.IsEmpty: read.Dialled = read.Text(element, "DialledDigits"); break;
                case NrtrdeTag.CallingNumber when read.Calling.IsEmpty: read.Calling = read.Text(element, "CallingNumber"); break;
                case NrtrdeTag.CallReference when read.Reference.IsEmpty: read.Reference = read.Decimal(element, "CallReference"); break;
                case NrtrdeTag.AccessPointName when read.AccessPoint.IsEmpty: read.AccessPoint = read.Text(element, "AccessPointName"); break;
                case NrtrdeTag.DataVolumeIncoming: read.BytesIn = read.Volume(element, "DataVolumeIncoming"); break;
                case NrtrdeTag.DataVolumeOutgoing: read.BytesOut = read.Volume(element, "DataVolumeOutgoing"); break;
                default: Visit(element.Children); break;
            }
        }
    }

    private void Offset(in BerElement element)
    {
        var text = read.Text(element, "UtcTimeOffset");
        if (BerValue.TryReadOffset(text, out var ahead)) offset = ahead;
        else read.Fail(CdrProblemCode.BadTime, element, "UtcTimeOffset", string.Create(CultureInfo.InvariantCulture, $"is '{CdrText.Decode(text)}', which is no offset such as +0100"));
    }
}
