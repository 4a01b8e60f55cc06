using Billing.Abstractions.Values;
using Billing.Invoicing.BillingRuns;
using Billing.Tenancy.Users;

namespace Billing.Invoicing.Tests.BillingRuns;

/// <summary>The steps of a run: in their order, by name, and nothing requested that nobody saw.</summary>
[Trait("needs", "postgres")]
public sealed class NextStepsTests
{
    private const ulong First = 441632960001;

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");
    private static readonly Actor Ben = new(ActorKind.Staff, 2, "Ben");

    [Fact]
    public async Task The_steps_lead_from_the_dates_to_the_request_one_after_the_other()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 600))).ValueOrThrow();
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow().Id;
        (await StatesAsync(books, run)).ShouldBe(["dates Done", "payments Now", "cdrs-processed Later", "errors-checked Later", "draft Later", "pre-billing-report Later", "request Later", "post Later", "print Later"]);

        var gates = new RunGates(books.Database, books.Clock);
        (await gates.ConfirmAsync(books.Tenant, Ann, run, RunGate.ErrorsChecked, false)).TryGet(out _, out var tooEarly).ShouldBeFalse();
        tooEarly!.Code.ShouldBe("run.gate-order");
        foreach (var gate in new[] { RunGate.Payments, RunGate.CdrsProcessed, RunGate.ErrorsChecked }) (await gates.ConfirmAsync(books.Tenant, Ann, run, gate, false)).ValueOrThrow().By.ShouldBe("Ann");
        (await StatesAsync(books, run))[4..].ShouldBe(["draft Now", "pre-billing-report Later", "request Later", "post Later", "print Later"]);
        (await gates.ConfirmAsync(books.Tenant, Ann, run, RunGate.PreBillingReport, false)).TryGet(out _, out var noDraft).ShouldBeFalse();
        noDraft!.Code.ShouldBe("run.no-draft");

        var draft = (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        (await gates.ConfirmAsync(books.Tenant, Ben, run, RunGate.PreBillingReport, false)).ValueOrThrow().Note.ShouldBe("Draft " + draft.Hash[..12]);
        (await StatesAsync(books, run))[4..].ShouldBe(["draft Done", "pre-billing-report Done", "request Now", "post Later", "print Later"]);

        (await books.Runs.RequestAsync(books.Tenant, run, draft.Hash)).ValueOrThrow();
        (await books.Posting.PostAsync(books.Tenant, run, books.Template)).ValueOrThrow();
        (await StatesAsync(books, run))[6..].ShouldBe(["request Done", "post Done", "print Now"]);
    }

    [Fact]
    public async Task The_second_of_two_is_told_who_was_first()
    {
        await using var books = await Books.OpenAsync();
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow().Id;
        var gates = new RunGates(books.Database, books.Clock);
        (await gates.ConfirmAsync(books.Tenant, Ann, run, RunGate.Payments, false)).ValueOrThrow();
        (await gates.ConfirmAsync(books.Tenant, Ben, run, RunGate.Payments, false)).TryGet(out _, out var second).ShouldBeFalse();
        second.ShouldBe(new Failure("run.confirmed-already", "Ann confirmed that already."));
    }

    [Fact]
    public async Task A_confirmation_is_withdrawn_with_those_after_it_while_nothing_is_requested()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow().Id;
        var draft = (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        var gates = new RunGates(books.Database, books.Clock);
        foreach (var gate in RunGate.All) (await gates.ConfirmAsync(books.Tenant, Ann, run, gate, false)).ValueOrThrow();
        (await gates.WithdrawAsync(books.Tenant, Ann, run, RunGate.ErrorsChecked)).ValueOrThrow();
        (await StatesAsync(books, run))[..6].ShouldBe(["dates Done", "payments Done", "cdrs-processed Done", "errors-checked Now", "draft Done", "pre-billing-report Later"]);

        foreach (var gate in RunGate.All.Skip(2)) (await gates.ConfirmAsync(books.Tenant, Ann, run, gate, false)).ValueOrThrow();
        (await books.Runs.RequestAsync(books.Tenant, run, draft.Hash)).ValueOrThrow();
        (await gates.WithdrawAsync(books.Tenant, Ann, run, RunGate.Payments)).TryGet(out _, out var late).ShouldBeFalse();
        late!.Code.ShouldBe("run.not-pending");
    }

    [Fact]
    public async Task Bills_of_a_draft_that_is_out_of_date_are_refused_and_what_changed_is_said()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await books.AccountAsync("A2", 441632960002);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 600))).ValueOrThrow();
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow().Id;
        var draft = (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        foreach (var gate in RunGate.All) await books.Runs.ConfirmAsync(books.Tenant, run, gate, "Ann");

        (await books.ImportAsync("b.csv", books.Call(441632960002, "2026-03-05 10:00:00", 60))).ValueOrThrow();
        (await books.Runs.RequestAsync(books.Tenant, run, draft.Hash)).TryGet(out _, out var refused).ShouldBeFalse();
        refused!.Code.ShouldBe("run.inputs-changed");
        refused.Message.ShouldContain("the calls of account A2");
        (await StatesAsync(books, run))[4].ShouldBe("draft Now");

        // A draft of other content is not the one that was read.
        var again = (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        again.Hash.ShouldNotBe(draft.Hash);
        (await StatesAsync(books, run))[5].ShouldBe("pre-billing-report Now");
        await books.Runs.ConfirmAsync(books.Tenant, run, RunGate.PreBillingReport, "Ann");
        (await books.Runs.RequestAsync(books.Tenant, run, again.Hash)).ValueOrThrow();
    }

    [Fact]
    public async Task Other_dates_forget_the_draft_and_are_locked_by_the_request()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow().Id;
        (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        (await books.Runs.ChangeAsync(books.Tenant, run, Books.March with { Message = "Happy Easter" })).ValueOrThrow().DraftHash.ShouldBeNull();
        (await StatesAsync(books, run))[4].ShouldNotBe("draft Done");

        var draft = (await books.Runs.DraftAsync(books.Tenant, run)).ValueOrThrow();
        draft.Invoices.ShouldBe(1);
        foreach (var gate in RunGate.All) await books.Runs.ConfirmAsync(books.Tenant, run, gate, "Ann");
        (await books.Runs.RequestAsync(books.Tenant, run, draft.Hash)).ValueOrThrow();
        (await books.Runs.ChangeAsync(books.Tenant, run, Books.March)).TryGet(out _, out var locked).ShouldBeFalse();
        locked!.Code.ShouldBe("run.fields-locked");
        (await books.Posting.PostAsync(books.Tenant, run, books.Template)).ValueOrThrow().Posted.ShouldBe(1);
        await using var db = await books.BeginAsync();
        (await db.ScalarAsync<string>($"select model::jsonb ->> 'message' from invoicing.invoice")).ShouldBe("Happy Easter");
    }

    private static async Task<string[]> StatesAsync(Books books, BillingRunId run)
    {
        await using var db = await books.BeginAsync();
        return [.. (await NextSteps.LoadAsync(db, books.Tenant, run))!.Steps.Select(step => $"{step.Name} {step.State}")];
    }
}
