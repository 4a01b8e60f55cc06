using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Settings;

/// <summary>Who changed what, when; and whether the trail is as it was written.</summary>
[Demands(Permission.ViewAudit)]
internal sealed class AuditModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    public long Total { get; private set; }

    public ListQuery Query { get; private set; } = null!;

    public long? BrokenAt { get; private set; }

    public string Who { get; private set; } = "";

    public string What { get; private set; } = "";

    public DateOnly? From { get; private set; }

    public DateOnly? Until { get; private set; }

    public Tenant Tenant => current.Tenant;

    public async Task OnGetAsync([FromQuery] string? who, [FromQuery] string? what, [FromQuery] DateOnly? from, [FromQuery] DateOnly? until, CancellationToken cancellationToken)
    {
        (Who, What, From, Until) = (who?.Trim() ?? "", what?.Trim() ?? "", from, until);
        Query = ListQuery.Read(Request.Query, ["entry"], PageSize, "who", "what", "from", "until");
        await using var db = await current.BeginAsync(cancellationToken);
        BrokenAt = await AuditTrail.FindBreakAsync(db, cancellationToken);
        var (first, end) = (from is { } start ? Tenant.StartOf(start) : (DateTimeOffset?)null, until is { } last && last < DateOnly.MaxValue ? Tenant.StartOf(last.AddDays(1)) : (DateTimeOffset?)null);
        (Entries, Total) = await AuditTrail.ListAsync(db, Who, What, first, end, (Math.Min(Query.Page, 1_000_000) - 1) * PageSize, PageSize, cancellationToken);
    }
}
