using Billing.Abstractions.Cdr;

namespace Billing.Plugins.Teams;

/// <summary>
/// Microsoft Teams calls over Microsoft's own calling plans, a page of the Graph list or several. Charge and connection charge together are the cost; only calls that
/// took place are in the list.
/// </summary>
public sealed class TeamsPstnFormat(CdrSettings settings) : ElementCdrFormat(
    new CdrFormatInfo("teams-pstn", "Microsoft Teams PSTN calls", "Microsoft Teams", CdrTimeBase.Utc)
    {
        FileNames = ["*pstn*.json"],
        RecognisedBy = "JSON rows with callDurationSource and connectionCharge.",
    },
    CdrElements.Json("value"))
{
    private static readonly CdrTimePattern Written = CdrTimePattern.Of("yyyy-MM-ddTHH:mm:ssfz");

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample) => Probe(sample).Score(95);

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call)
    {
        if (!element.Has("connectionCharge") || !element.Has("callDurationSource")) return element.Fail(CdrProblemCode.BadStructure, "", "The object is no PSTN call of Teams.");
        if (!element.Required("id", out call.RecordId)
            || !element.DateTime("startDateTime", Written, out call.StartedAt)
            || !element.Seconds("duration", out call.DurationSeconds)
            || !element.Money("charge", out var charge)
            || !element.Money("connectionCharge", out var connection)
            || !element.Currency("currency", out call.Currency)
            || !element.Required("callType", out var type))
            return element.Problem;

        call.StartedAt = call.StartedAt with { Offset = call.StartedAt.Offset ?? TimeSpan.Zero };
        call.Cost = charge is null && connection is null ? null : (charge ?? 0) + (connection ?? 0);
        call.Direction = TeamsCall.IsInbound(type) ? CallDirection.In : CallDirection.Out;
        element.Party("callerNumber", settings.Numbers, out call.From);
        element.Party("calleeNumber", settings.Numbers, out call.To);
        call.Description = element.Text("destinationName");
        call.Identity = element.Text("userId");
        return CdrLineMeaning.Record;
    }
}
