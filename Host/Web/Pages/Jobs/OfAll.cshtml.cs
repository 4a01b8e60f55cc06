using System.Globalization;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages.Jobs;

/// <summary>The operator's page: what runs on the installation and how long, without what it is about.</summary>
[Demands(Permission.Operate)]
internal sealed class OfAllModel(Database database) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<JobOfAll> Jobs { get; private set; } = [];

    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Jobs = await JobBook.OfAllAsync(database, Most, cancellationToken);
}
