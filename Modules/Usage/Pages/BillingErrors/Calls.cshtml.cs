using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The calls behind one cause.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class CallsModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    public ErrorGroup Cause { get; private set; } = null!;

    public ListPage<FailedCall> Calls { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? code, string? subject, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var about = subject ?? "";
        if ((await ErrorDesk.LoadAsync(db, cancellationToken)).FirstOrDefault(c => c.Code == code && c.Subject == about) is not { } cause) return NotFound();
        Cause = cause;
        var query = ListQuery.Read(Request.Query, ["line"], PageSize, "code", "subject");
        var calls = await ErrorDesk.CallsAsync(db, cause.Code, cause.Subject, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        Calls = new ListPage<FailedCall>(query, calls, cause.Calls);
        return Page();
    }
}
