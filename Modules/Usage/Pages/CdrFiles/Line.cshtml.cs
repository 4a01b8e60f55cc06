using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>How one line became an amount.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class LineModel(CurrentTenant current) : PageModel
{
    public CallTrace Trace { get; private set; } = null!;

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => current.May(Permission.MendUsage) ? text : MaskedText.Of(text);

    public async Task<IActionResult> OnGetAsync(long id, long line, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await new CallTraces(db, current.Tenant).FindAsync(id, line, cancellationToken) is not { } trace) return NotFound();
        Trace = trace;
        return Page();
    }
}
