using System.Buffers.Text;
using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>
/// What is known of one call event while its items are gone through, in whatever order and depth they stand: TAP and NRTRDE have the same ones under other tags. The first item at fault
/// is kept in <see cref="Fault"/>, and the event is no record then.
/// </summary>
ref struct RoamingEvent(byte[] scratch)
{
    /// <summary>Enough for every number and code of an event, each once.</summary>
    public const int ScratchBytes = 1024;

    // 200 days, the same as formats on lines take for absurd.
    private const long MaxSeconds = 17_280_000;
    private const long MaxVolume = 1L << 50;
    private const int MaxDigitBytes = 32, MaxTextBytes = 128;

    // Numbers of the network's own making are international without plus. What a person dialled is so only when it says so, for the dial plan is that of a country nobody names.
    private static readonly NumberRules International = new(44, "", BareIsInternational: true);
    private static readonly NumberRules AsDialled = new(44, "", BareIsInternational: false);
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyyMMddHHmmss");

    private Span<byte> free = scratch;

    public EventFault? Fault;
    public ReadOnlySpan<byte> Imsi, Msisdn, Min, Called, Dialled, SmsDestination, Calling, SmsOriginator, Place, AccessPoint, Reference, SupplementaryCode;
    public CdrTime Start;
    public long? Seconds, BytesIn, BytesOut;

    private bool isTimed, isMessage;

    /// <summary>Whether an item said which service was used.</summary>
    public readonly bool HasService => isTimed || isMessage;

    /// <summary>Notes a teleservice: 21 and 22 are short messages, all others are charged by time.</summary>
    public void Teleservice(scoped in BerElement element)
    {
        var code = Text(element, "TeleServiceCode");
        if (code.StartsWith("2"u8)) isMessage = true;
        else isTimed = true;
    }

    /// <summary>Notes a bearer service, which is a data call by circuit and charged by time.</summary>
    public void Bearer() => isTimed = true;

    /// <summary>Reads digits of half a byte.</summary>
    public ReadOnlySpan<byte> Digits(scoped in BerElement element, string field)
    {
        if (!IsValue(element, field, MaxDigitBytes)) return [];
        if (free.Length < element.Content.Length * 2 || !BerValue.TryReadDigits(element.Content, free, out var length))
        {
            Fail(CdrProblemCode.BadNumber, element, field, $"is {Convert.ToHexString(element.Content)}, which is no row of digits");
            return [];
        }
        return Take(length);
    }

    /// <summary>Reads a text, without the spaces around it.</summary>
    public ReadOnlySpan<byte> Text(scoped in BerElement element, string field) => IsValue(element, field, MaxTextBytes) ? element.Content.Trim((byte)' ') : [];

    /// <summary>Reads bytes that mean nothing, as hex.</summary>
    public ReadOnlySpan<byte> Hex(scoped in BerElement element, string field)
    {
        if (!IsValue(element, field, MaxDigitBytes) || !Convert.TryToHexString(element.Content, free, out var length)) return [];
        return Take(length);
    }

    /// <summary>Reads a number as decimal text.</summary>
    public ReadOnlySpan<byte> Decimal(scoped in BerElement element, string field) =>
        Integer(element, field) is { } value && Utf8Formatter.TryFormat(value, free, out var length) ? Take(length) : [];

    /// <summary>Reads a whole number.</summary>
    public long? Integer(scoped in BerElement element, string field)
    {
        if (!IsValue(element, field, MaxTextBytes)) return null;
        if (BerValue.TryReadInteger(element.Content, out var value)) return value;
        Fail(CdrProblemCode.UnknownValue, element, field, $"is {Convert.ToHexString(element.Content)}, which is no number of up to 8 bytes");
        return null;
    }

    /// <summary>Reads a duration in seconds.</summary>
    public void Duration(scoped in BerElement element, string field)
    {
        if (Integer(element, field) is not { } value) return;
        if (value is < 0 or > MaxSeconds) Fail(CdrProblemCode.BadDuration, element, field, string.Create(CultureInfo.InvariantCulture, $"is {value}, which is no number of seconds from 0 to {MaxSeconds}"));
        else Seconds = value;
    }

    /// <summary>Reads a volume in bytes.</summary>
    public long? Volume(scoped in BerElement element, string field)
    {
        if (Integer(element, field) is not { } value) return null;
        if (value is >= 0 and <= MaxVolume) return value;
        Fail(EventFault.BadVolume, element, field, string.Create(CultureInfo.InvariantCulture, $"is {value}, which is no number of bytes from 0 to {MaxVolume}"));
        return null;
    }

    /// <summary>Reads a clock, whose offset from UTC is added when it is known.</summary>
    public void Clock(scoped in BerElement element, string field)
    {
        var text = Text(element, field);
        if (Fault is null && !Written.TryRead(text, out Start)) Fail(CdrProblemCode.BadTime, element, field, $"is '{CdrText.Decode(text)}', which is no time of 14 digits, the year first");
    }

    /// <summary>Says that an item is wrong, unless one before it was.</summary>
    public void Fail(string code, scoped in BerElement element, string field, string why) => Fault ??= EventFault.Of(code, element, field, why);

    /// <summary>Fills in what every record has: when, whose, and the network that was visited.</summary>
    /// <param name="callEvent">The event.</param>
    /// <param name="sender">
    /// Code of the network that sends the file, which is the one that was visited. It becomes the charge code, for what roaming costs depends on it before anything else.
    /// </param>
    /// <param name="call">The record.</param>
    public bool TryFill(scoped in BerElement callEvent, byte[] sender, ref CallDetailRecord call)
    {
        if (Fault is null && Start.IsUnset) Fault = EventFault.Missing(callEvent, "CallEventStartTimeStamp");
        call.StartedAt = Start;
        call.Identity = !Imsi.IsEmpty ? Imsi : !Msisdn.IsEmpty ? Msisdn : Min;
        if (call.Identity.IsEmpty) Fault ??= EventFault.Missing(callEvent, "Imsi");
        call.ChargeCode = sender;
        call.RecordId = Reference;
        // Parts of one call carry the same reference, and a switch begins anew when it has used all of them.
        call.IsRecordIdShared = !Reference.IsEmpty;
        return Fault is null;
    }

    /// <summary>Fills in a call or a message that the visitor made.</summary>
    public bool TryFillOriginated(scoped in BerElement callEvent, byte[] sender, ref CallDetailRecord call)
    {
        if (!TryFill(callEvent, sender, ref call) || !TryFillService(callEvent, ref call)) return false;
        call.From = CdrParty.Of(Msisdn, International);
        call.Description = Place;
        // The called number of a message is its message centre, not the one it was for.
        if (isMessage) call.To = !SmsDestination.IsEmpty ? CdrParty.Of(SmsDestination, International) : CdrParty.Of(Dialled, AsDialled);
        else call.To = !Called.IsEmpty ? CdrParty.Of(Called, International) : CdrParty.Of(Dialled, AsDialled);
        return true;
    }

    /// <summary>Fills in a call or a message that reached the visitor.</summary>
    public bool TryFillTerminated(scoped in BerElement callEvent, byte[] sender, ref CallDetailRecord call)
    {
        if (!TryFill(callEvent, sender, ref call) || !TryFillService(callEvent, ref call)) return false;
        call.Direction = CallDirection.In;
        call.From = CdrParty.Of(SmsOriginator.IsEmpty ? Calling : SmsOriginator, International);
        call.To = CdrParty.Of(Msisdn, International);
        return true;
    }

    /// <summary>Fills in a data session: the bytes of both ways together, and the access point as its description.</summary>
    public bool TryFillData(scoped in BerElement callEvent, byte[] sender, ref CallDetailRecord call)
    {
        if (!TryFill(callEvent, sender, ref call)) return false;
        if (BytesIn is null && BytesOut is null) Fault = EventFault.Missing(callEvent, "DataVolumeIncoming");
        call.Kind = CdrKind.Data;
        call.Quantity = (BytesIn ?? 0) + (BytesOut ?? 0);
        call.DurationSeconds = (int)(Seconds ?? 0);
        call.From = CdrParty.Of(Msisdn, International);
        call.Description = AccessPoint;
        return Fault is null;
    }

    /// <summary>
    /// Fills in that a service was switched on or off, call forwarding for instance. Nothing was used, but the sender counts it among its events, and may charge it. So it is a record of no seconds:
    /// where nothing is charged like an attempt that was not answered, kept and never billed; with a charge like a call, for otherwise money would be lost without a word.
    /// </summary>
    public bool TryFillSupplementary(scoped in BerElement callEvent, byte[] sender, bool isCharged, ref CallDetailRecord call)
    {
        call.IsAnswered = isCharged;
        call.From = CdrParty.Of(Msisdn, International);
        call.To = new CdrParty(SupplementaryCode, default);
        call.Description = "Supplementary service"u8;
        return TryFill(callEvent, sender, ref call);
    }

    private bool TryFillService(scoped in BerElement callEvent, ref CallDetailRecord call)
    {
        if (!HasService) Fault = EventFault.Missing(callEvent, "TeleServiceCode");
        else if (isTimed && isMessage) Fail(CdrProblemCode.UnknownValue, callEvent, "BasicServiceUsedList", "names messages and calls, which one event can't be both");
        else if (isMessage) call.Kind = CdrKind.Sms;
        else if (Seconds is { } seconds) call.DurationSeconds = (int)seconds;
        else Fault = EventFault.Missing(callEvent, "TotalCallEventDuration");
        return Fault is null;
    }

    private bool IsValue(scoped in BerElement element, string field, int most)
    {
        if (element.IsConstructed) Fail(CdrProblemCode.BadStructure, element, field, "is written in pieces, and has to be one value");
        else if (element.Content.Length > most) Fail(CdrProblemCode.BadLength, element, field, string.Create(CultureInfo.InvariantCulture, $"has {element.Content.Length} bytes, and may have {most}"));
        return Fault is null;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = free[..length];
        free = free[length..];
        return taken;
    }
}
