using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>The files of recurring charges beside the carriers' invoices, and every line of them.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    /// <summary>So many files are listed; all of them are in the list of CDR files.</summary>
    public const int MostFiles = 24;

    private const int PageSize = 50;

    /// <summary>What may be left out.</summary>
    public static IReadOnlyList<ListColumn> Columns { get; } =
        [new("service", "Service"), new("product", "Product"), new("period", "For"), new("quantity", "Quantity"), new("amount", "Amount"), new("account", "Customer"), new("state", "State")];

    public IReadOnlyList<ChargeFile> Files { get; private set; } = [];

    public ChargeFilter Filter { get; private set; } = new();

    public ListPage<CarrierCharge> List { get; private set; } = null!;

    public ChargeSums Sums { get; private set; } = null!;

    /// <summary>Causes of errors.</summary>
    public int Errors { get; private set; }

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => current.May(Permission.MendUsage) ? text : MaskedText.Of(text);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = ListQuery.Read(Request.Query, CarrierChargeList.Sorts, PageSize, "state", "month");
        Filter = FilterOf(query, current.May(Permission.MendUsage));
        await using var db = await current.BeginAsync(cancellationToken);
        Files = await ChargeFile.LoadAsync(db, cancellationToken);
        Errors = (await ChargeDesk.LoadAsync(db, cancellationToken)).Count;
        Sums = await CarrierChargeList.SumAsync(db, Filter, cancellationToken);
        var lines = await CarrierChargeList.LoadAsync(db, Filter, query.Sort, query.IsDescending, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        List = new ListPage<CarrierCharge>(query, lines, Sums.Lines);
    }

    /// <summary>What an address asks for.</summary>
    internal static ChargeFilter FilterOf(ListQuery query, bool maySeeNumbers) => new(
        query.Search,
        ChargeState.All.FirstOrDefault(state => state == query.Kept.GetValueOrDefault("state")),
        Month: ChargeWords.Month(query.Kept.GetValueOrDefault("month"))) { SearchesNumbers = maySeeNumbers };
}
