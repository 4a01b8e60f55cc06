using System.Globalization;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Operator;

/// <summary>How the database is: version, size, connections, what was migrated. No contents.</summary>
[Demands(Permission.Operate)]
internal sealed class DatabaseModel(CurrentTenant current) : PageModel
{
    public DatabaseReport Report { get; private set; } = null!;

    public Tenant Tenant => current.Tenant;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Report = await DatabaseReport.ReadAsync(db, cancellationToken);
    }

    public static string Size(long bytes) => bytes switch
    {
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024m:0} KB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024m / 1024m:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024m / 1024m / 1024m:0.0} GB"),
    };
}
