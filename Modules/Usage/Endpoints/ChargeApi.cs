using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/carrier-charges</c>: recurring charges as carriers bill them, and the queue of those that nobody is known for.</summary>
static class ChargeApi
{
    // Causes of the sample reseller's file of recurring charges, by their keys.
    static readonly string Unassigned = new ChargeCause("Wholesale carrier", ChargeError.Unassigned, "+441632960998", "GBP").Key;
    static readonly string NoService = new ChargeCause("Wholesale carrier", ChargeError.NoService, "PLATFORM", "GBP").Key;

    public static void Map(IEndpointRouteBuilder api)
    {
        var charges = api.MapGroup("/carrier-charges").WithTags("Carrier charges");
        charges.MapGet("", ListAsync).As("listCarrierCharges", "Lines of carriers' recurring charges by file and line, each with whose it is or why nobody is known.", Permission.ViewUsage, new("/carrier-charges?state=allocated&limit=10"))
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        charges.MapGet("/files", FilesAsync).As("listCarrierChargeFiles", "Files of recurring charges, the latest first: what became of their lines, what they come to, and the carrier's invoice.", Permission.ViewUsage, new("/carrier-charges/files"));
        charges.MapPut("/files/{id:long}/invoice", InvoiceAsync).As("keepCarrierInvoice", "Keeps the carrier's invoice for a file, to hold the file's sum against. The first one has version 0.", Permission.MendUsage,
            new("/carrier-charges/files/3/invoice", new { Number = "W-2026-10", Net = "81.50", Currency = "GBP" }) { IfMatch = 0 }).Once();
        charges.MapGet("/errors", ErrorsAsync).As("listCarrierChargeErrors", "Charges that nobody is known for, by cause, most money at stake first.", Permission.ViewUsage, new("/carrier-charges/errors"));
        charges.MapPost("/errors/{key}/allocate", AllocateAsync).As("allocateCarrierCharges", "Says whose the charges of a cause are, from a day on; lines of later files go the same way.", Permission.MendUsage,
            new($"/carrier-charges/errors/{Unassigned}/allocate", new { AccountId = 1, ServiceId = 1, From = "2026-10-01" })).Once();
        charges.MapPost("/errors/{key}/exclude", ExcludeAsync).As("excludeCarrierCharges", "Takes the charges of a cause out, with a reason.", Permission.MendUsage,
            new($"/carrier-charges/errors/{NoService}/exclude", new { Why = "A cost of our own.", From = "2026-10-01" })).Once();
        charges.MapGet("/rulings", RulingsAsync).As("listCarrierChargeRulings", "What people decided about carriers' charges, the latest first.", Permission.ViewUsage, new("/carrier-charges/rulings"));
        charges.MapPost("/rulings/{id:long}/undo", UndoAsync).As("undoCarrierChargeRuling", "Takes a decision back: its lines are matched as if it had not been.", Permission.MendUsage, new("/carrier-charges/rulings/1/undo")).Once();
        charges.MapPost("/match", MatchAsync).As("matchCarrierCharges", "Matches all lines again, after owners of numbers changed. What was decided by hand stays.", Permission.MendUsage, new("/carrier-charges/match")).Once();
        charges.MapGet("/products", ProductsAsync).As("listCarrierProducts", "Carriers' products and what they are sold on as.", Permission.ViewUsage, new("/carrier-charges/products"));
        charges.MapPut("/products", SellOnAsync).As("sellCarrierProductOn", "Says what a carrier's product is sold on as, and for how much it should be. The first time its version is 0.", Permission.MendUsage,
            new("/carrier-charges/products", new { Carrier = "Wholesale carrier", Code = "CARE-4", ProductId = 1, SuggestedPrice = "4.50" }) { IfMatch = 0 }).Once();
    }

    static async Task<Results<Ok<IReadOnlyList<ChargeView>>, ProblemHttpResult>> ListAsync(
        [FromQuery] string? state, [FromQuery] long? file, [FromQuery] DateOnly? month, [FromQuery] int? limit, [FromQuery] long? skip, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (state is not null && !ChargeState.All.Contains(state, StringComparer.Ordinal)) return Problem.Invalid(new Failure("charges.bad-state", $"'{state}' is no state. There are: {string.Join(", ", ChargeState.All)}."));
        if (limit is < 1 or > 500 || skip < 0) return Problem.Invalid(new Failure("api.bad-limit", "'limit' may be 1 to 500, and 'skip' not negative."));
        if (month is { Year: < 2 or > 9998 }) return Problem.Invalid(new Failure("charges.bad-month", "There is no such month here."));
        await using var db = await current.BeginAsync(cancellationToken);
        var lines = await CarrierChargeList.LoadAsync(db, new ChargeFilter(State: state, FileId: file, Month: month), CarrierChargeList.Sorts[0], false, skip ?? 0, limit ?? 100, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ChargeView>>([.. lines.Select(line => ChargeView.Of(line, current.May(Permission.MendUsage)))]);
    }

    static async Task<Ok<IReadOnlyList<ChargeFileView>>> FilesAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ChargeFileView>>([.. (await ChargeFile.LoadAsync(db, cancellationToken)).Select(ChargeFileView.Of)]);
    }

    static async Task<Results<Ok<CarrierInvoice>, ProblemHttpResult>> InvoiceAsync(long id, CarrierInvoiceBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (!(await CarrierInvoiceBook.SaveAsync(write.Db, new CarrierInvoice(id, body.Number ?? "", body.Net, body.Currency ?? "", version), cancellationToken)).TryGet(out var saved, out var failure)) return Refused(failure);
        Versioned.Tag(http, saved.Version);
        return TypedResults.Ok(saved);
    }

    static async Task<Ok<IReadOnlyList<ChargeErrorView>>> ErrorsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ChargeErrorView>>([.. (await ChargeDesk.LoadAsync(db, cancellationToken)).Select(group => ChargeErrorView.Of(group, current.May(Permission.MendUsage)))]);
    }

    static async Task<Results<Ok<ChargeMatchOutcome>, ProblemHttpResult>> AllocateAsync(string key, ChargeOwnerBody body, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ChargeDesk.FindAsync(write.Db, key, cancellationToken) is not { } cause) return Missing(key);
        return (await ChargeDesk.AllocateAsync(write.Db, cause.Cause, body.AccountId, body.ServiceId, body.From, clock.GetUtcNow(), cancellationToken)).TryGet(out var outcome, out var failure) ? TypedResults.Ok(outcome) : Refused(failure);
    }

    static async Task<Results<Ok<ChargeMovedView>, ProblemHttpResult>> ExcludeAsync(string key, ChargeExclusionBody body, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ChargeDesk.FindAsync(write.Db, key, cancellationToken) is not { } cause) return Missing(key);
        return (await ChargeDesk.ExcludeAsync(write.Db, cause.Cause, body.From, body.Why, clock.GetUtcNow(), cancellationToken)).TryGet(out var lines, out var failure) ? TypedResults.Ok(new ChargeMovedView(lines)) : Refused(failure);
    }

    static async Task<Ok<IReadOnlyList<ChargeRulingView>>> RulingsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ChargeRulingView>>([.. (await ChargeDesk.RulingsAsync(db, cancellationToken)).Select(ruling => ChargeRulingView.Of(ruling, current.May(Permission.MendUsage)))]);
    }

    static async Task<Results<Ok<ChargeMovedView>, ProblemHttpResult>> UndoAsync(long id, ApiWrite write, CancellationToken cancellationToken) =>
        await ChargeDesk.UndoAsync(write.Db, id, cancellationToken) is { } lines ? TypedResults.Ok(new ChargeMovedView(lines)) : Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"ruling {id}"));

    static async Task<Ok<ChargeMatchOutcome>> MatchAsync(ApiWrite write, CancellationToken cancellationToken)
    {
        var outcome = await ChargeMatching.RunAsync(write.Db, null, cancellationToken);
        write.Db.Note(new Deed("carrier-charges.matched", "carrier-charge", new { All = true }, outcome));
        return TypedResults.Ok(outcome);
    }

    static async Task<Ok<IReadOnlyList<CarrierProduct>>> ProductsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await CarrierProductBook.LoadAsync(db, cancellationToken));
    }

    static async Task<Results<Ok<CarrierProduct>, ProblemHttpResult>> SellOnAsync(CarrierProductBody body, ApiWrite write, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (!(await CarrierProductBook.SaveAsync(write.Db, body.Carrier ?? "", body.Code ?? "", body.ProductId, body.SuggestedPrice, version, cancellationToken)).TryGet(out var saved, out var failure)) return Refused(failure);
        Versioned.Tag(http, saved.Version);
        return TypedResults.Ok(saved);
    }

    // Somebody else may have mended it.
    static ProblemHttpResult Missing(string key) => Problem.NotFound($"cause '{key}' (any more)");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "charges.ruled" or "charges.not-matchable" => Problem.Conflict(failure),
        "charges.no-file" or "charges.unknown-product" => Problem.Of(StatusCodes.Status404NotFound, failure),
        _ => Problem.Invalid(failure),
    };
}
