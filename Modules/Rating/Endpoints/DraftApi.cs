using System.ComponentModel;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Rating.Endpoints;

/// <summary><c>/api/v1/tariffs/CODE/drafts</c>: versions on their way in, compared before they are published.</summary>
static class DraftApi
{
    const string Sheet = "prefix,destination,per_minute\n49,Germany,0.15\n";

    public static void Map(IEndpointRouteBuilder api)
    {
        var drafts = api.MapGroup("/tariffs/{code}/drafts").WithTags("Products and tariffs");
        drafts.MapGet("", ListAsync).As("listTariffDrafts", "Versions of a tariff that wait to be published, the newest first; never more than twenty.", Permission.ViewTariffs, new("/tariffs/GOLD/drafts"));
        drafts.MapGet("/{draft:long}", GetAsync).As("getTariffDraft", "One draft: what it would change.", Permission.ViewTariffs, new("/tariffs/GOLD/drafts/1"));
        drafts.MapPost("", SendAsync).As("sendTariffDraft",
            "Sends a version in as a draft: a rate sheet (CSV or Excel) for the latest version's frame, or a tariff document (JSON); its bytes are the body. Nothing is priced by it until it is published. What is wrong with it is said under `faults`, each with its place.",
            Permission.ChangeTariffs, new("/tariffs/GOLD/drafts?adds=true", Sheet)).Once().WithMetadata(new FileBody(_ => TariffProposal.MostBytes, "tariff.file-too-big")).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        drafts.MapPost("/{draft:long}/publish", PublishAsync).As("publishTariffDraft", "Publishes a draft as the next version. Calls that are rated from then on are priced by it; a published version is never edited or removed.", Permission.ChangeTariffs,
            new("/tariffs/GOLD/drafts/1/publish", new { Note = "From the carrier's list of 3 October." })).Once();
        drafts.MapDelete("/{draft:long}", DiscardAsync).As("discardTariffDraft", "Gives a draft up.", Permission.ChangeTariffs, new("/tariffs/GOLD/drafts/2")).Once();
    }

    static async Task<Results<Ok<IReadOnlyList<DraftView>>, ProblemHttpResult>> ListAsync(string code, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await TariffApi.FindAsync(db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        return TypedResults.Ok<IReadOnlyList<DraftView>>([.. (await TariffDrafts.LoadAsync(db, tariff.Id, cancellationToken)).Select(DraftView.Of)]);
    }

    static async Task<Results<Ok<DraftView>, ProblemHttpResult>> GetAsync(string code, long draft, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await TariffApi.FindAsync(db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        return await TariffDrafts.FindAsync(db, tariff.Id, draft, cancellationToken) is { } found ? TypedResults.Ok(DraftView.Of(found)) : Missing(code, draft);
    }

    static async Task<Results<Created<DraftView>, ProblemHttpResult>> SendAsync(
        string code, Stream body, [Description("True where a sheet's rates are added to those there are; they take their place where left out.")] bool? adds, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await TariffApi.FindAsync(write.Db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        if (bytes.Length == 0) return Problem.Invalid(new Failure("tariff.file-empty", "The body is empty. Send a rate sheet or a tariff document."));
        if (bytes.Length > TariffProposal.MostBytes) return Problem.Of(StatusCodes.Status413PayloadTooLarge, new Failure("tariff.file-too-big", $"The file has more than {TariffProposal.MostBytes >> 20} MB. Send the rates in two sheets."));
        var (proposal, errors) = await TariffProposal.ReadAsync(write.Db, tariff, bytes.ToArray(), adds == true ? RateSheetMode.Add : RateSheetMode.Replace, cancellationToken);
        if (proposal is null) return TariffApi.Faulty(errors);
        return (await TariffDrafts.KeepAsync(write.Db, tariff, proposal, clock.GetUtcNow(), cancellationToken)).TryGet(out var draft, out var refused)
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/tariffs/{Uri.EscapeDataString(code)}/drafts/{draft.Id}"), DraftView.Of(draft))
            : Problem.Conflict(refused);
    }

    static async Task<Results<Ok<TariffVersionView>, ProblemHttpResult>> PublishAsync(string code, long draft, PublishBody body, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await TariffApi.FindAsync(write.Db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        if (await TariffDrafts.FindAsync(write.Db, tariff.Id, draft, cancellationToken) is null) return Missing(code, draft);
        if ((await TariffDrafts.PublishAsync(write.Db, tariff, draft, string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim(), clock.GetUtcNow(), cancellationToken)).TryGet(out var version, out var refused))
            return TypedResults.Ok(TariffVersionView.Of((await TariffBook.LoadVersionsAsync(write.Db, tariff.Id, cancellationToken)).Single(one => one.Version == version)));
        return refused.Code == LastChange.ChangedMeanwhile ? Problem.Conflict(refused) : TariffApi.Refused(refused);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(string code, long draft, ApiWrite write, CancellationToken cancellationToken)
    {
        if (await TariffApi.FindAsync(write.Db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        return await TariffDrafts.DiscardAsync(write.Db, tariff.Id, draft, cancellationToken) ? TypedResults.NoContent() : Missing(code, draft);
    }

    static ProblemHttpResult Missing(string code, long draft) => Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"draft {draft} of tariff '{code}' (any more)"));
}
