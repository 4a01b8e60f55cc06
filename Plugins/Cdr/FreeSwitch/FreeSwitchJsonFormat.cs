using Billing.Abstractions.Cdr;

namespace Billing.Plugins.FreeSwitch;

/// <summary>
/// FreeSWITCH <c>mod_json_cdr</c>: one object a call, one or several to a file. Times are seconds since 1970. The newest entry of the call flow says who was called
/// in the end, which is what the line was busy with. Records of the second leg are no calls of their own.
/// </summary>
public sealed class FreeSwitchJsonFormat(CdrSettings settings) : ElementCdrFormat(
    new CdrFormatInfo("freeswitch-json", "FreeSWITCH json_cdr", "FreeSWITCH", CdrTimeBase.Utc)
    {
        FileNames = ["*.cdr.json"],
        RecognisedBy = "JSON objects with variables.start_epoch, variables.billsec and a callflow.",
    },
    CdrElements.Json())
{
    private const string Caller = "callflow.1.caller_profile.caller_id_number", Destination = "callflow.1.caller_profile.destination_number";

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(95);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call)
    {
        if (!element.Has("variables.uuid") && !element.Has("variables.start_epoch"))
            return element.Fail(CdrProblemCode.BadStructure, "", "The object has no variables of a call.");
        if (!element.IsBlank("variables.originating_leg_uuid") || !element.IsBlank("variables.originator")) return CdrLineMeaning.Comment;
        if (!element.Required("variables.uuid", out call.RecordId)
            || !element.UnixTime("variables.start_epoch", out call.StartedAt))
            return element.Problem;

        // Only these two mean that nobody answered; a time that can't be read is no reason to give a call away.
        call.IsAnswered = !element.IsBlank("variables.answer_epoch") && !element.Is("variables.answer_epoch", "0"u8);
        if (call.IsAnswered && (!element.UnixTime("variables.answer_epoch", out _) || !element.Seconds("variables.billsec", out call.DurationSeconds))) return element.Problem;
        call.From = CdrParty.Of(Decoded(ref element, Caller), settings.Numbers);
        call.To = CdrParty.Of(Decoded(ref element, Destination), settings.Numbers);
        call.Identity = element.Text("variables.accountcode");
        return CdrLineMeaning.Record;
    }

    // The module escapes values as in an address unless it is told not to: %2B is a plus.
    private static ReadOnlySpan<byte> Decoded(scoped ref CdrElement element, string path)
    {
        var text = element.Text(path);
        if (!text.Contains((byte)'%')) return text;
        return System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(CdrText.Decode(text)));
    }
}
