using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>Reads one call event of a TAP batch.</summary>
ref struct TapEvent(TapHeader header, Currency? amountsIn, byte[] scratch)
{
    // A thousand million: more than any batch, let alone any event.
    private const decimal MaxCost = 1_000_000_000;

    private RoamingEvent read = new(scratch);
    private decimal? charge;
    private int callEventTag;

    /// <summary>Why the event is no record.</summary>
    public readonly EventFault? Fault => read.Fault;

    /// <summary>Reads the event.</summary>
    /// <returns>False when it is no record; <see cref="Fault"/> says why.</returns>
    public bool TryRead(BerElement callEvent, ref CallDetailRecord call)
    {
        callEventTag = callEvent.Tag;
        var name = callEventTag switch
        {
            TapTag.MobileOriginatedCall or TapTag.MobileTerminatedCall or TapTag.SupplementaryServiceEvent or TapTag.GprsCall => "",
            TapTag.ServiceCentreUsage => "the use of a message centre",
            TapTag.ContentTransaction => "a purchase of content",
            TapTag.LocationService => "the use of a location service",
            TapTag.MessagingEvent => "a multimedia message",
            TapTag.MobileSession => "a session over the Internet",
            _ => null,
        };
        if (callEvent.Encoded.Length > EventFault.MaxEventBytes) read.Fault = EventFault.TooLong(callEvent);
        else if (name != "") read.Fault = EventFault.Unknown(callEvent, name);
        if (Fault is not null) return false;

        Visit(callEvent.Children);
        Price(callEvent, ref call);
        return callEventTag switch
        {
            TapTag.MobileOriginatedCall => read.TryFillOriginated(callEvent, header.Sender, ref call),
            TapTag.MobileTerminatedCall => read.TryFillTerminated(callEvent, header.Sender, ref call),
            TapTag.GprsCall => read.TryFillData(callEvent, header.Sender, ref call),
            _ => read.TryFillSupplementary(callEvent, header.Sender, isCharged: charge > 0, ref call),
        };
    }

    // Depth is bounded by the check of the structure.
    private void Visit(BerReader elements)
    {
        foreach (var element in elements)
        {
            if (Fault is not null) return;
            switch (element.Tag)
            {
                case TapTag.Imsi when read.Imsi.IsEmpty: read.Imsi = read.Digits(element, "Imsi"); break;
                case TapTag.Msisdn when read.Msisdn.IsEmpty: read.Msisdn = read.Digits(element, "Msisdn"); break;
                case TapTag.Min when read.Min.IsEmpty: read.Min = read.Text(element, "Min"); break;
                case TapTag.CalledNumber when read.Called.IsEmpty: read.Called = read.Digits(element, "CalledNumber"); break;
                case TapTag.DialledDigits when read.Dialled.IsEmpty: read.Dialled = read.Text(element, "DialledDigits"); break;
                case TapTag.SmsDestinationNumber when read.SmsDestination.IsEmpty: read.SmsDestination = read.Text(element, "SmsDestinationNumber"); break;
                case TapTag.CallingNumber when read.Calling.IsEmpty: read.Calling = read.Digits(element, "CallingNumber"); break;
                case TapTag.SmsOriginator when read.SmsOriginator.IsEmpty: read.SmsOriginator = read.Text(element, "SmsOriginator"); break;
                case TapTag.CalledPlace when read.Place.IsEmpty: read.Place = read.Text(element, "CalledPlace"); break;
                case TapTag.AccessPointName when read.AccessPoint.IsEmpty: read.AccessPoint = read.Text(element, "AccessPointName"); break;
                case TapTag.CallReference when read.Reference.IsEmpty: read.Reference = read.Hex(element, "CallReference"); break;
                case TapTag.SupplementaryServiceCode when read.SupplementaryCode.IsEmpty: read.SupplementaryCode = read.Text(element, "SupplementaryServiceCode"); break;
                case TapTag.TeleServiceCode: read.Teleservice(element); break;
                case TapTag.BearerServiceCode: read.Bearer(); break;
                case TapTag.TotalCallEventDuration: read.Duration(element, "TotalCallEventDuration"); break;
                case TapTag.DataVolumeIncoming: read.BytesIn = read.Volume(element, "DataVolumeIncoming"); break;
                case TapTag.DataVolumeOutgoing: read.BytesOut = read.Volume(element, "DataVolumeOutgoing"); break;
                case TapTag.CallEventStartTimeStamp: StartTime(element, "CallEventStartTimeStamp"); break;
                // Of a call it is when a part of it began to be charged.
                case TapTag.ChargingTimeStamp when callEventTag == TapTag.SupplementaryServiceEvent: StartTime(element, "ChargingTimeStamp"); break;
                case TapTag.ChargeInformation: Charges(element); break;
                case TapTag.CamelInvocationFee: Add(element, "CamelInvocationFee"); break;
                default: Visit(element.Children); break;
            }
        }
    }

    private void StartTime(in BerElement stamp, string field)
    {
        TimeSpan? offset = null;
        foreach (var item in stamp.Children)
        {
            if (item.Tag == TapTag.LocalTimeStamp) read.Clock(item, field);
            if (item.Tag != TapTag.UtcTimeOffsetCode || read.Integer(item, "UtcTimeOffsetCode") is not { } code) continue;
            if (header.TryFindOffset(code, out var ahead)) offset = ahead;
            else read.Fail(CdrProblemCode.BadTime, item, "UtcTimeOffsetCode", string.Create(CultureInfo.InvariantCulture, $"is {code}, which the file's table of offsets does not have"));
        }
        if (offset is null) read.Fail(CdrProblemCode.BadTime, stamp, field, "has no offset from UTC");
        read.Start = read.Start with { Offset = offset };
    }

    // Charge type 00 is the whole of a charge; other types say what it is made of, and would count it twice.
    private void Charges(in BerElement information)
    {
        var (hasDetail, hasTotal) = (false, false);
        foreach (var list in information.Children)
        {
            if (list.Tag != TapTag.ChargeDetailList) continue;
            foreach (var detail in list.Children)
            {
                if (detail.Tag != TapTag.ChargeDetail) continue;
                hasDetail = true;
                if (!IsTotal(detail)) continue;
                hasTotal = true;
                foreach (var item in detail.Children)
                    if (item.Tag == TapTag.Charge) Add(item, "Charge");
            }
        }
        if (hasDetail && !hasTotal) read.Fail(CdrProblemCode.BadAmount, information, "ChargeInformation", "has parts of a charge, and no total (charge type 00)");
    }

    private static bool IsTotal(in BerElement detail)
    {
        foreach (var item in detail.Children)
            if (item.Tag == TapTag.ChargeType) return item.Content.Trim((byte)' ').SequenceEqual("00"u8);
        return false;
    }

    private void Add(in BerElement element, string field)
    {
        if (read.Integer(element, field) is not { } units) return;
        if (units < 0) read.Fail(CdrProblemCode.BadAmount, element, field, string.Create(CultureInfo.InvariantCulture, $"is {units}, and no charge is less than 0"));
        else charge = (charge ?? 0) + units;
    }

    // Discounts and taxes that the file states apart are not in it.
    private void Price(in BerElement callEvent, ref CallDetailRecord call)
    {
        if (charge is not { } units) return;
        call.Currency = header.CurrencyOf(amountsIn);
        if (units > 0 && header.Unit is null) read.Fail(CdrProblemCode.BadAmount, callEvent, "TapDecimalPlaces", "has a charge, and the file does not say with how many decimal places from 0 to 6");
        else if (units > 0 && call.Currency.IsUnset) read.Fail(CdrProblemCode.BadCurrency, callEvent, "LocalCurrency", "has a charge, and the file does not say in which currency");
        else if (units * (header.Unit ?? 1) is var cost && cost > MaxCost) read.Fail(CdrProblemCode.BadAmount, callEvent, "Charge", string.Create(CultureInfo.InvariantCulture, $"is {cost}, and no event costs more than {MaxCost}"));
        else call.Cost = cost;
    }
}
