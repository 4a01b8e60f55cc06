using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/what-ifs</c>: months replayed through drafts of tariffs.</summary>
static class WhatIfApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var questions = api.MapGroup("/what-ifs").WithTags("What-if");
        questions.MapGet("", ListAsync).As("listWhatIfs", "Replays of past months through other tariffs, the newest first.", Permission.ViewBilling, new("/what-ifs?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        questions.MapPost("", AskAsync).As("askWhatIf", "Asks what past months would come to with other tariffs: a job replays their calls. Nothing is priced or billed by it.", Permission.ChangeTariffs,
            new("/what-ifs", new { Name = "Five percent more", From = "2026-10-01", Months = 1, Drafts = new[] { new { Tariff = "default", Percent = "5" } } })).Once();
        questions.MapGet("/{id:long}", GetAsync).As("getWhatIf", "One replay with its result: by month, account and destination, and which calls have no price any more.", Permission.ViewBilling, new("/what-ifs/1"));
        questions.MapPost("/{id:long}/replay", ReplayAsync).As("replayWhatIf", "Replays it once more, with the calls and the published tariffs of now.", Permission.ChangeTariffs, new("/what-ifs/1/replay")).Once();
        questions.MapDelete("/{id:long}", RemoveAsync).As("removeWhatIf", "Removes a question with its result.", Permission.ChangeTariffs, new("/what-ifs/2")).Once();
    }

    static async Task<Results<Ok<Page<WhatIfView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var found = await WhatIfBook.ListAsync(db, after, query.UpdatedSince, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(found, stored => stored.Id.ToString(CultureInfo.InvariantCulture), WhatIfView.Of));
    }

    static async Task<Results<Accepted<WhatIfView>, ProblemHttpResult>> AskAsync(WhatIfBody body, ApiWrite write, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken) =>
        (await WhatIfBook.AskAsync(write.Db, current.Tenant, body.Wish, clock.GetUtcNow(), cancellationToken)).TryGet(out var stored, out var failure) ? Accepted(stored) : Problem.Invalid(failure);

    static async Task<Results<Ok<WhatIfResultView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WhatIfBook.FindAsync(db, id, cancellationToken) is not { } stored) return Missing(id);
        var outcome = await WhatIfRows.LoadAsync(db, id, cancellationToken);
        var isWhole = current.May(Permission.MendUsage);
        return TypedResults.Ok(new WhatIfResultView(
            WhatIfView.Of(stored),
            [.. outcome.Months.Select(m => new WhatIfMonthView(m.Month, WhatIfFiguresView.Of(m.Figures)))],
            [.. outcome.Accounts.Select(a => new WhatIfAccountView(a.Number, a.Name, a.Months, a.Share, a.TypicalBefore(current.Tenant.Currency), a.TypicalAfter(current.Tenant.Currency), WhatIfFiguresView.Of(a.Figures)))],
            [.. outcome.Destinations.Select(d => new WhatIfDestinationView(d.Kind, d.Destination, WhatIfFiguresView.Of(d.Figures)))],
            // Numbers are shown whole to those who may mend usage, as on the errors desk.
            [.. outcome.Causes.Select(c => isWhole ? c : c with { Message = MaskedText.Of(c.Message) ?? "" })],
            outcome.LeftOut));
    }

    static async Task<Results<Accepted<WhatIfView>, ProblemHttpResult>> ReplayAsync(long id, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        (await WhatIfBook.AskAgainAsync(write.Db, id, clock.GetUtcNow(), cancellationToken)).TryGet(out var stored, out _) ? Accepted(stored) : Missing(id);

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long id, ApiWrite write, CancellationToken cancellationToken) =>
        await WhatIfBook.RemoveAsync(write.Db, id, cancellationToken) ? TypedResults.NoContent() : Missing(id);

    static Accepted<WhatIfView> Accepted(StoredWhatIf stored) => TypedResults.Accepted(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/what-ifs/{stored.Id}"), WhatIfView.Of(stored));

    static ProblemHttpResult Missing(long id) => Problem.NotFound($"what-if {id}");
}
