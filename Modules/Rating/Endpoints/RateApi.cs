using System.ComponentModel;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Rating.Endpoints;

/// <summary><c>/api/v1/tariffs/CODE/versions/1/rates</c>.</summary>
static class RateApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGroup("/tariffs/{code}/versions/{version:int}/rates").WithTags("Products and tariffs").MapGet("", ListAsync)
            .As("listRates", "The rates of a version; with `prefix` those whose prefix begins so.", Permission.ViewTariffs, new("/tariffs/default/versions/1/rates?prefix=44&limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<Results<Ok<Page<RateView>>, ProblemHttpResult>> ListAsync(
        string code, int version, [Description("First digits, country code first, with or without a plus.")] string? prefix,
        [Description("Most items wanted, 1 to 500; 100 where not said.")] int? limit, [Description("The `next` of the piece before; leave it out for the first.")] string? after,
        CurrentTenant current, CancellationToken cancellationToken)
    {
        var query = new PageQuery(limit, after, null);
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var last)) return Problem.Invalid(PageQuery.BadCursor);
        var digits = (prefix ?? "").Trim().TrimStart('+');
        if (!digits.All(char.IsAsciiDigit)) return Problem.Invalid(new Failure("tariff.bad-prefix", "'prefix' is digits, country code first, such as 4420."));
        await using var db = await current.BeginAsync(cancellationToken);
        if (await TariffApi.FindAsync(db, code, cancellationToken) is not { } tariff) return TariffApi.Missing(code);
        if (await TariffBook.FindDocumentAsync(db, tariff.Id, version, cancellationToken) is not { } text) return TariffApi.MissingVersion(code, version);
        var document = TariffReader.Read(text).TariffOrThrow();
        // A version never changes, so a rate's place in it is a key that lasts.
        var rates = document.InOrder.Select((rate, place) => (Rate: rate, Place: (long)place)).SkipWhile(one => one.Place <= (last ?? -1))
            .Where(one => digits.Length == 0 || one.Rate.KeyKind == RateKeyKind.Prefix && one.Rate.Key.StartsWith(digits, StringComparison.Ordinal)).Take(query.Fetch).ToList();
        return TypedResults.Ok(query.Cut(rates, one => one.Place.ToString(CultureInfo.InvariantCulture), one => RateView.Of(one.Rate, document)));
    }
}
