using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Jobs;
using Billing.Api.Writes;
using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Invoicing.Endpoints;

/// <summary>What is done with a billing run: the steps, checks and gates of its page, by the same functions.</summary>
static class RunWorkApi
{
    const int LongestMessage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/billing-runs").WithTags("Billing runs");
        runs.MapGet("/{id:long}/steps", StepsAsync).As("listBillingRunSteps", "What comes next in a run, and what stands in the way.", Permission.ViewBilling, new("/billing-runs/1/steps"));
        runs.MapGet("/{id:long}/draft", DraftedAsync).As("getBillingRunDraft", "What the run's draft would bill, account by account.", Permission.ViewBilling, new("/billing-runs/1/draft"));
        runs.MapPost("", OpenAsync).As("openBillingRun", "Opens a run. One run is open at a time; the same fields again answer with it.", Permission.PrepareBilling,
            new("/billing-runs", new { InvoiceDate = "2026-12-01", CutoffOn = "2026-11-30" })).Once();
        runs.MapPut("/{id:long}", ChangeAsync).As("changeBillingRun", "Changes the dates and the message of a run that is not requested; its draft is forgotten.", Permission.PrepareBilling,
            new("/billing-runs/2", new { InvoiceDate = "2026-12-01", CutoffOn = "2026-11-30", DueOn = "2026-12-15", Message = "Season's greetings" })).Once();
        runs.MapPost("/{id:long}/confirmations", ConfirmAsync).As("confirmCheck", "Confirms one of a run's checks, in their order.", Permission.PrepareBilling,
            new("/billing-runs/2/confirmations", new { Gate = RunGate.Payments })).Once();
        runs.MapDelete("/{id:long}/confirmations/{gate}", WithdrawAsync).As("withdrawCheck", "Takes a confirmation back, with those that came after it.", Permission.PrepareBilling,
            new("/billing-runs/2/confirmations/payments")).Once();
        runs.MapPost("/{id:long}/draft", DraftAsync).As("draftBillingRun", "Asks for the draft: a job computes every invoice and stores nothing but the result.", Permission.PrepareBilling,
            new("/billing-runs/2/draft")).Once();
        runs.MapPost("/{id:long}/request", RequestAsync).As("requestBills", "Approves a draft and requests its bills: a job posts and prints them. What is posted stays posted.", Permission.RequestBilling,
            new("/billing-runs/2/request", new { Draft = "{draftHash}" })).Once();
        runs.MapPost("/{id:long}/continue", GoOnAsync).As("continueBillingRun", "Asks for the rest of a requested run: after a failure, or where PDFs are missing.", Permission.RequestBilling,
            new("/billing-runs/1/continue")).Once();
        runs.MapPost("/{id:long}/cancel", CancelAsync).As("cancelBillingRun", "Gives a run up that has posted nothing.", Permission.PrepareBilling,
            new("/billing-runs/2/cancel")).Once();
    }

    static async Task<Results<Ok<IReadOnlyList<StepView>>, ProblemHttpResult>> StepsAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await NextSteps.LoadAsync(db, current.Tenant, new BillingRunId(id), cancellationToken) is { } steps
            ? TypedResults.Ok<IReadOnlyList<StepView>>([.. steps.Steps.Select(StepView.Of)])
            : Problem.NotFound($"billing run {id}");
    }

    static async Task<Results<Ok<IReadOnlyList<DraftedInvoice>>, ProblemHttpResult>> DraftedAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await BillingRunBook.FindAsync(db, new BillingRunId(id), cancellationToken) is null
            ? Problem.NotFound($"billing run {id}")
            : TypedResults.Ok(await DraftedInvoice.ListAsync(db, new BillingRunId(id), cancellationToken));
    }

    static async Task<Results<Created<RunView>, ProblemHttpResult>> OpenAsync(RunBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (Fault(body) is { } fault) return Problem.Invalid(fault);
        if (!(await BillingRunBook.OpenAsync(write.Db, body.Fields, cancellationToken)).TryGet(out var run, out var failure)) return Refused(failure);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/billing-runs/{run.Id.Value}"), await RunApi.ViewAsync(write.Db, run, cancellationToken));
    }

    static async Task<Results<Ok<RunView>, ProblemHttpResult>> ChangeAsync(long id, RunBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (Fault(body) is { } fault) return Problem.Invalid(fault);
        return (await BillingRunBook.ChangeAsync(write.Db, new BillingRunId(id), body.Fields, cancellationToken)).TryGet(out var run, out var failure)
            ? TypedResults.Ok(await RunApi.ViewAsync(write.Db, run, cancellationToken))
            : Refused(failure);
    }

    static async Task<Results<Ok<ConfirmationView>, ProblemHttpResult>> ConfirmAsync(long id, ConfirmationBody body, ApiWrite write, CurrentTenant current, RunGates gates, CancellationToken cancellationToken) =>
        (await gates.ConfirmAsync(write.Db, current.Tenant, new BillingRunId(id), body.Gate, body.IgnorePending, cancellationToken)).TryGet(out var confirmation, out var failure)
            ? TypedResults.Ok(ConfirmationView.Of(confirmation))
            : Refused(failure);

    static async Task<Results<Ok<RunView>, ProblemHttpResult>> WithdrawAsync(long id, string gate, ApiWrite write, CancellationToken cancellationToken) =>
        (await RunGates.WithdrawAsync(write.Db, new BillingRunId(id), gate, cancellationToken)).TryGet(out var run, out var failure)
            ? TypedResults.Ok(await RunApi.ViewAsync(write.Db, run, cancellationToken))
            : Refused(failure);

    static async Task<Results<Accepted<JobView>, ProblemHttpResult>> DraftAsync(long id, ApiWrite write, RunJobs jobs, CancellationToken cancellationToken) =>
        await AcceptedAsync(write, await jobs.RequestDraftAsync(write.Db, new BillingRunId(id), cancellationToken), cancellationToken);

    static async Task<Results<Accepted<JobView>, ProblemHttpResult>> RequestAsync(long id, RequestBody body, ApiWrite write, CurrentTenant current, RunJobs jobs, CancellationToken cancellationToken) =>
        await AcceptedAsync(write, await jobs.RequestBillsAsync(write.Db, current.Tenant, new BillingRunId(id), body.Draft, cancellationToken), cancellationToken);

    static async Task<Results<Accepted<JobView>, ProblemHttpResult>> GoOnAsync(long id, ApiWrite write, RunJobs jobs, CancellationToken cancellationToken) =>
        await AcceptedAsync(write, await jobs.GoOnAsync(write.Db, new BillingRunId(id), cancellationToken), cancellationToken);

    static async Task<Results<Ok<RunView>, ProblemHttpResult>> CancelAsync(long id, ApiWrite write, CancellationToken cancellationToken) =>
        (await BillingRunBook.CancelAsync(write.Db, new BillingRunId(id), cancellationToken)).TryGet(out var run, out var failure)
            ? TypedResults.Ok(await RunApi.ViewAsync(write.Db, run, cancellationToken))
            : Refused(failure);

    static async Task<Results<Accepted<JobView>, ProblemHttpResult>> AcceptedAsync(ApiWrite write, Result<JobId> requested, CancellationToken cancellationToken) =>
        requested.TryGet(out var job, out var failure) ? await JobApi.AcceptedAsync(write.Db, job, cancellationToken) : Refused(failure);

    static Failure? Fault(RunBody body) => body.Message?.Length > LongestMessage ? new("run.message-too-long", $"At most {LongestMessage} characters fit on an invoice.") : null;

    // What is wrong in itself, and what is not possible as things are.
    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        "run.not-found" => Problem.Of(StatusCodes.Status404NotFound, failure),
        "run.unknown-gate" or "run.due-before-invoice" or "run.cutoff-too-late" => Problem.Invalid(failure),
        _ => Problem.Conflict(failure),
    };
}
