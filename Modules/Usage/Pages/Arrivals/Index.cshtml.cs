using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Import;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.Arrivals;

/// <summary>What the carriers are expected to send, and what came.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class CalendarModel(CurrentTenant current, CdrFormatCatalog plugins, TimeProvider clock) : PageModel
{
    private const int Shown = 14;

    /// <summary>So many files of one hour, day or month are named.</summary>
    public const int FilesShown = 5;

    public IReadOnlyList<ArrivalCalendar> Calendars { get; private set; } = [];

    public bool MayPlan => current.May(Permission.ImportUsage);

    public Failure? Problem { get; private set; }

    /// <summary>All that are late, and the latest others.</summary>
    public static IReadOnlyList<ArrivalSlot> ShownOf(ArrivalCalendar calendar) =>
        [.. calendar.Late.Take(4 * Shown), .. calendar.Slots.Where(slot => slot.State != ArrivalState.Late).Take(Shown)];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    [Demands(Permission.ImportUsage)]
    public async Task<IActionResult> OnPostExcuseAsync(long plan, string? slot, string? why, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            var start = DateTimeOffset.TryParse(slot, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said) ? said : DateTimeOffset.MinValue;
            if ((await ArrivalBook.ExcuseAsync(db, current.Tenant, plugins, plan, start, why, clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var problem))
            {
                await db.CommitAsync(cancellationToken);
                Notice.Leave(HttpContext, "The file is not expected any more.");
                return Redirect(Url.Content("~/cdrs/calendar"));
            }
            Problem = problem;
        }
        await LoadAsync(cancellationToken);
        Response.StatusCode = Problem.Code == "arrival.not-found" ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Calendars = await ArrivalBook.LoadAsync(db, current.Tenant, plugins, clock.GetUtcNow(), cancellationToken);
    }
}
