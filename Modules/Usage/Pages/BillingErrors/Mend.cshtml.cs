using Billing.Abstractions.Values;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>One cause, or several that one and the same change mends: tried first, then done, and taken back from the desk's history (ERR-3).</summary>
[Demands(Permission.MendUsage)]
internal sealed class MendModel(CurrentTenant current, ErrorRepair repair, TimeProvider clock) : PageModel
{
    public IReadOnlyList<string> Keys { get; private set; } = [];

    public IReadOnlyList<ErrorGroup> Chosen { get; private set; } = [];

    public Stake Stake => Stake.Sum(Chosen.Select(cause => cause.Stake));

    public IReadOnlyList<AssignableService> Services { get; private set; } = [];

    /// <summary>The service whose numbers are next to the cause's; null for none.</summary>
    public AssignableService? Near { get; private set; }

    public IReadOnlyList<TariffEntry> Tariffs { get; private set; } = [];

    public string Who { get; private set; } = "";

    public MendForm Form { get; private set; } = MendForm.Empty;

    public RerateOutcome? Preview { get; private set; }

    public Failure? Problem { get; private set; }

    public bool MayAssign => current.May(Permission.ChangeAccounts);

    public bool MayPrice => current.May(Permission.ChangeTariffs);

    /// <summary>True where a remedy helps against all that is chosen.</summary>
    public bool Fits(string kind) => Chosen.All(cause => Remedies.Fits(kind, cause));

    public async Task OnGetAsync(string[] cause, CancellationToken cancellationToken) => await LoadAsync(cause, Request.Query["who"], cancellationToken);

    public async Task<IActionResult> OnPostPreviewAsync(string[] cause, CancellationToken cancellationToken)
    {
        if (Refused() is { } refused) return refused;
        await LoadAsync(cause, Form.Kind == Remedy.Assign ? Request.Form["who"].ToString() : "", cancellationToken);
        if (Form.HasBadFrom) return Say(BadDay);
        return (await repair.PreviewAsync(current.Tenant, current.Actor, Keys, Form.Remedy, cancellationToken)).TryGet(out var outcome, out var failure) ? Show(outcome) : Say(failure);
    }

    public async Task<IActionResult> OnPostApplyAsync(string[] cause, CancellationToken cancellationToken)
    {
        if (Refused() is { } refused) return refused;
        await LoadAsync(cause, Form.Kind == Remedy.Assign ? Request.Form["who"].ToString() : "", cancellationToken);
        if (Form.HasBadFrom) return Say(BadDay);
        if (!(await repair.ApplyAsync(current.Tenant, current.Actor, Keys, Form.Remedy, cancellationToken)).TryGet(out var outcome, out var failure)) return Say(failure);
        Notice.Leave(HttpContext, ErrorRepair.Say(outcome, current.Tenant.Currency));
        return Redirect(Url.Content("~/errors#mended"));
    }

    public async Task<IActionResult> OnPostExcludeAsync(string[] cause, CancellationToken cancellationToken)
    {
        Form = MendForm.Read(Request.Form);
        await LoadAsync(cause, "", cancellationToken);
        if (Form.HasBadUntil) return Say(BadDay);
        if (string.IsNullOrEmpty(Form.Why)) return Say(new Failure("errors.no-reason", "Say why the calls are not billed: an auditor will ask."));
        var (now, calls) = (clock.GetUtcNow(), 0);
        await using var db = await current.BeginAsync(cancellationToken);
        foreach (var one in Chosen)
        {
            calls += await ErrorDesk.ExcludeAsync(db, one.Code, one.Subject, current.Actor.Name, Form.Why, now, cancellationToken);
            if (Form.Until is { } until && !(await ExclusionRules.MakeAsync(db, one.Cause, Form.Why, until, current.Tenant.DayOf(now), now, cancellationToken)).TryGet(out _, out var failure)) return Say(failure);
        }
        db.Note(new Deed("errors.excluded", "billing-error", new { Causes = Chosen.Select(one => one.Cause) }, new { Calls = calls, Form.Why, Form.Until }));
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{Written.Counted(calls, "call is", "calls are")} excluded{(Form.Until is { } last ? ", and so are those to come up to " + Written.Day(last) : "")}.");
        return Redirect(Url.Content("~/errors"));
    }

    private static Failure BadDay => new("records.bad-dates", "A day is written as 2026-11-30.");

    // Mending is one thing, changing customers or prices another: each needs its own permission.
    private ForbidResult? Refused()
    {
        Form = MendForm.Read(Request.Form);
        return (Form.Kind is Remedy.Assign or Remedy.Tariff && !MayAssign) || (Form.Kind == Remedy.Rate && !MayPrice) ? Forbid() : null;
    }

    private PageResult Show(RerateOutcome outcome)
    {
        Preview = outcome;
        return Page();
    }

    private PageResult Say(Failure failure)
    {
        Problem = failure;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(string[] keys, string? who, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Chosen = await ErrorRepair.ChosenAsync(db, keys, cancellationToken);
        Keys = [.. Chosen.Select(one => one.Cause.Key)];
        if (Chosen.Count == 0) return;
        Who = (who ?? "").Trim();
        if (Fits(Remedy.Assign) && MayAssign) await FindServicesAsync(db, cancellationToken);
        if (!Fits(Remedy.Rate) && !Fits(Remedy.Tariff)) return;
        Tariffs = [.. (await TariffBook.LoadAsync(db, cancellationToken)).Where(tariff => tariff is { Latest: > 0, IsRetired: false }).OrderByDescending(tariff => tariff.IsDefault)];
        if (Form == MendForm.Empty) Form = Form with { Tariff = await UsualTariff.FindAsync(db, Chosen, cancellationToken), Prefix = CommonDigits() };
    }

    private async Task FindServicesAsync(TenantDb db, CancellationToken cancellationToken)
    {
        Near = await AssignableService.NearAsync(db, [.. Chosen.Select(one => one.Subject)], cancellationToken);
        var found = Who.Length > 0 ? await AssignableService.FindAsync(db, Who, cancellationToken) : [];
        Services = Near is null || found.Contains(Near) || Who.Length > 0 ? found : [Near];
        if (Form.Service is { } wanted && Services.All(service => service.ServiceId != wanted) && Near?.ServiceId == wanted) Services = [Near, .. Services];
    }

    // What several numbers begin with is a better guess than each of them.
    private string CommonDigits()
    {
        var numbers = Chosen.Select(one => one.Subject.TrimStart('+')).ToList();
        if (Chosen.Any(one => !one.Subject.StartsWith('+'))) return "";
        var length = Enumerable.Range(0, numbers.Min(number => number.Length) + 1).TakeWhile(n => numbers.All(number => number.AsSpan(0, n).SequenceEqual(numbers[0].AsSpan(0, n)))).Last();
        return numbers[0][..length];
    }
}
