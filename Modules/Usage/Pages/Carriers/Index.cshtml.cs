using Billing.Abstractions.Cdr;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.Carriers;

/// <summary>The formats that CDR files may have: described by the reseller, ready to be taken over, brought by plugins.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current, CdrFormatCatalog plugins) : PageModel
{
    public IReadOnlyList<DescribedCarrier> Described { get; private set; } = [];

    public IReadOnlyList<(string Id, string Name)> Ready { get; } = [.. ReadyMappings.Names];

    public IReadOnlyList<CdrFormatInfo> Formats { get; private set; } = [];

    public bool MayDescribe => current.May(Permission.ImportUsage);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Described = await DescribedCarriers.LoadAsync(db, cancellationToken);
        Formats = [.. plugins.Formats.Select(format => format.Info).OrderBy(info => info.Carrier, StringComparer.Ordinal)];
    }
}
