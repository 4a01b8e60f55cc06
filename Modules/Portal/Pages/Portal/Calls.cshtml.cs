using Billing.Abstractions.Values;
using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;

namespace Billing.Portal.Pages.Portal;

/// <summary>The calls somebody may see: searched, drawn, listed.</summary>
[Demands(Permission.UsePortal)]
internal sealed class CallsModel(CurrentTenant current, TimeProvider clock) : PortalPage(current)
{
    private const int PageSize = 100;
    private const int DestinationsInThePicture = 8;

    private readonly CurrentTenant current = current;

    public CallSearch Search { get; private set; } = null!;

    public CallSums Sums { get; private set; } = new(0, 0, 0, 0, [], []);

    public IReadOnlyList<MyCall> Calls { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last one.</summary>
    public CallKey? Next { get; private set; }

    /// <summary>False on a later page.</summary>
    public bool IsFirst { get; private set; }

    public ChartData ByDay { get; private set; } = new("Day", [], [], _ => "");

    public ChartData ByDestination { get; private set; } = new("Destination", [], [], _ => "");

    public Currency Currency => current.Tenant.Currency;

    /// <summary>Accounts whose customer wants no calls listed.</summary>
    public IReadOnlyList<MyAccount> Unlisted => [.. Accounts.Where(a => !a.IsItemised)];

    /// <summary>The search found more than a file can hold.</summary>
    public bool IsTooMuch { get; private set; }

    public async Task OnGetAsync(string? after, bool tooMuch, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        Search = CallSearch.Read(Request.Query, current.Tenant.DayOf(clock.GetUtcNow()));
        // Whoever asks for no days gets the newest there are, however long ago.
        if (!Request.Query.ContainsKey("from") && !Request.Query.ContainsKey("to")
            && await MyCall.NewestAsync(db, cancellationToken) is { } newest && current.Tenant.DayOf(newest) < Search.From) Search = Search.MonthOf(current.Tenant.DayOf(newest));
        IsTooMuch = tooMuch;
        var key = CallKey.Parse(after);
        IsFirst = key is null;
        var calls = await MyCall.LoadAsync(db, current.Tenant, Search, key, PageSize + 1, cancellationToken);
        if (calls.Count > PageSize) Next = calls[PageSize - 1].Key;
        Calls = [.. calls.Take(PageSize)];
        Sums = await CallSums.LoadAsync(db, current.Tenant, Search, cancellationToken);
        Draw();
    }

    private void Draw()
    {
        string Price(decimal value) => Written.Price(value, Currency);
        // Days without calls are days too: a picture that leaves them out lies about the others.
        var days = Sums.Days.ToDictionary(d => d.Day);
        var first = Sums.Days.Count > 0 ? Sums.Days[0].Day : Search.From;
        var last = Sums.Days.Count > 0 ? Sums.Days[^1].Day : Search.From;
        var all = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        ByDay = new ChartData("Day", [.. all.Select(d => Written.Day(d))], [new ChartSeries("Charge", [.. all.Select(d => days.TryGetValue(d, out var sum) ? sum.Charge : 0)], "brand")], Price);
        var dearest = Sums.Destinations.Take(DestinationsInThePicture).ToList();
        var others = Sums.Destinations.Skip(DestinationsInThePicture).Sum(d => d.Charge);
        ByDestination = new ChartData("Destination", [.. dearest.Select(d => d.Name), .. others > 0 ? ["All others"] : Array.Empty<string>()],
            [new ChartSeries("Charge", [.. dearest.Select(d => d.Charge), .. others > 0 ? [others] : Array.Empty<decimal>()], "brand")], Price);
    }
}
