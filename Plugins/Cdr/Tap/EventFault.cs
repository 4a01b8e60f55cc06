using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Plugins.Tap.Ber;

namespace Billing.Plugins.Tap;

/// <summary>Why a call event is no record.</summary>
/// <param name="Code">The problem's code.</param>
/// <param name="Field">The item's name in the standard; empty when it is the whole event.</param>
/// <param name="Message">One sentence for a person.</param>
sealed record EventFault(string Code, string Field, string Message)
{
    /// <summary>No event is so long; what is longer is shown by its beginning.</summary>
    public const int MaxEventBytes = 64 << 10;

    /// <summary>A volume of data is negative or absurd.</summary>
    public const string BadVolume = "cdr.bad-volume";

    public static EventFault Of(string code, in BerElement element, string field, string why) =>
        new(code, field, string.Create(CultureInfo.InvariantCulture, $"{field} at byte {element.Offset} {why}."));

    public static EventFault Missing(in BerElement callEvent, string field) =>
        new(CdrProblemCode.MissingValue, field, string.Create(CultureInfo.InvariantCulture, $"The event at byte {callEvent.Offset} has no {field}."));

    public static EventFault TooLong(in BerElement callEvent) => new(CdrProblemCode.LineTooLong, "", string.Create(CultureInfo.InvariantCulture,
        $"The event at byte {callEvent.Offset} has {callEvent.Encoded.Length} bytes, and no event has more than {MaxEventBytes}."));

    public static EventFault Unknown(in BerElement callEvent, string? name) => new(CdrProblemCode.UnknownValue, "", string.Create(CultureInfo.InvariantCulture,
        $"The event at byte {callEvent.Offset} is {name ?? "of an unknown type"} (tag {callEvent.Tag}), which can't be billed by duration, messages or bytes. Bill it by hand, or exclude it with a reason."));
}
