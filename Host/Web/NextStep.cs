using Billing.Invoicing.BillingRuns;
using Billing.Screens;

namespace Billing.Host.Web;

/// <summary>Something that waits for somebody, and where it is done.</summary>
/// <param name="IsUrgent">Money is lost or late while it waits.</param>
/// <param name="Words">What and how much of it.</param>
/// <param name="Link">What to do.</param>
/// <param name="Address">Where, within the tenant.</param>
internal sealed record NextStep(bool IsUrgent, string Words, string Link, string Address)
{
    /// <summary>What to do next, the first thing first. Derived from the facts each time; nothing is stored.</summary>
    public static IReadOnlyList<NextStep> Derive(MonthFacts facts)
    {
        var steps = new List<NextStep>();
        if (facts.UnbalancedFiles > 0)
            steps.Add(new(true, $"{Written.Counted(facts.UnbalancedFiles, "file has", "files have")} lines in no state. Import them again before billing.", "Look at the files", "/cdrs"));
        if (facts.LateFiles > 0)
            steps.Add(new(true, $"{Written.Counted(facts.LateFiles, "CDR file is", "CDR files are")} late.", "See which, and ask the carrier", "/cdrs/calendar"));
        if (facts.HeldFiles > 0)
            steps.Add(new(true, $"{Written.Counted(facts.HeldFiles, "CDR file is held: it is", "CDR files are held: they are")} not like the carrier's files before.", "Release or drop", "/cdrs/uploads"));
        if (facts.ErrorCauses > 0)
            steps.Add(new(true, $"{Written.Counted(facts.ErrorCalls, "call", "calls")} can't be billed, for {Written.Counted(facts.ErrorCauses, "cause", "causes")}; {facts.AtStake} at stake.", "Mend the causes", "/errors"));
        if (facts.Run is { } run)
        {
            var page = "/runs/" + run.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            switch (run.Status)
            {
                case BillingRunStatus.Pending when run.DraftHash is null:
                    steps.Add(new(false, $"Billing run {run.Id.Value} is open and not drafted yet.", "Go on with the run", page));
                    break;
                case BillingRunStatus.Pending:
                    steps.Add(new(false, $"Billing run {run.Id.Value} is drafted. Its checks and the request are next.", "Go on with the run", page));
                    break;
                case BillingRunStatus.Requested or BillingRunStatus.Running:
                    steps.Add(new(false, $"Billing run {run.Id.Value} is being posted.", "Watch it", page));
                    break;
                case BillingRunStatus.Completed when facts.Parked > 0:
                    steps.Add(new(true, $"{Written.Counted(facts.Parked, "account was", "accounts were")} left out of billing run {run.Id.Value}.", "See why", page));
                    break;
            }
            if (run.Status == BillingRunStatus.Completed && facts.Unprinted > 0)
                steps.Add(new(false, $"{Written.Counted(facts.Unprinted, "invoice of run", "invoices of run")} {run.Id.Value} {(facts.Unprinted == 1 ? "has" : "have")} no PDF yet.", "Look at them", page + "#invoices"));
        }
        if (facts.Run is null or { Status: BillingRunStatus.Completed } && facts.OpenCalls > 0)
            steps.Add(new(false, $"{Written.Counted(facts.OpenCalls, "call is", "calls are")} priced and on no invoice yet.", facts.Run is null ? "Begin the first run" : "Begin the next run when the month is in", "/runs"));
        return steps;
    }
}
