using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Teams;

/// <summary>
/// Microsoft Teams calls over a trunk of the customer's own, a page of the Graph list or several. Failed attempts are in the list; a time in year 1 means that nothing
/// failed.
/// </summary>
public sealed class TeamsDirectRoutingFormat(CdrSettings settings) : ElementCdrFormat(
    new CdrFormatInfo("teams-direct-routing", "Microsoft Teams direct routing", "Microsoft Teams", CdrTimeBase.Utc)
    {
        FileNames = ["*direct*routing*.json"],
        RecognisedBy = "JSON rows with trunkFullyQualifiedDomainName and successfulCall.",
    },
    CdrElements.Json("value"))
{
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-ddTHH:mm:ssfz");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(95);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call)
    {
        if (!element.Has("successfulCall") || !element.Has("trunkFullyQualifiedDomainName"))
            return element.Fail(CdrProblemCode.BadStructure, "", "The object is no direct routing call of Teams.");
        if (!element.Required("id", out call.RecordId) || !element.Required("callType", out var type)) return element.Problem;

        call.IsAnswered = element.Is("successfulCall", "true"u8);
        if (!call.IsAnswered && !element.Is("successfulCall", "false"u8)) return element.Fail(CdrProblemCode.UnknownValue, "successfulCall", "true or false");
        // An attempt that failed never started; it was invited.
        if (!element.DateTime(call.IsAnswered || !TeamsCall.IsNever(element.Text("startDateTime")) ? "startDateTime" : "inviteDateTime", Written, out call.StartedAt)) return element.Problem;
        if (call.IsAnswered && !element.Seconds("duration", out call.DurationSeconds)) return element.Problem;

        call.StartedAt = call.StartedAt with { Offset = call.StartedAt.Offset ?? TimeSpan.Zero };
        call.Direction = TeamsCall.IsInbound(type) ? CallDirection.In : CallDirection.Out;
        element.Party("callerNumber", settings.Numbers, out call.From);
        element.Party("calleeNumber", settings.Numbers, out call.To);
        call.Identity = element.Text("trunkFullyQualifiedDomainName");
        return CdrLineMeaning.Record;
    }
}
