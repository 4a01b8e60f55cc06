using Billing.Access.Entrance;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>What a person sees when a page can't be shown: what is wrong and where to go on.</summary>
// It shows what went wrong with a form, among that one that was not ours.
[IgnoreAntiforgeryToken]
[OpenToAll]
internal sealed class ErrorModel(CurrentTenant current) : PageModel
{
    public int Status { get; private set; }

    /// <summary>The address that was asked for.</summary>
    public string Address { get; private set; } = "";

    public string Reference { get; private set; } = "";

    /// <summary>Something stored is not as it was stored: said in words of ours.</summary>
    public string? Damage { get; private set; }

    public bool IsTenantKnown => current.IsKnown;

    /// <summary>Why the page is not for whoever asked; null for other errors.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Who could change that, by name.</summary>
    public IReadOnlyList<string> Admins { get; private set; } = [];

    // Whatever the method of the request that failed.
    public Task OnGetAsync(int status, CancellationToken cancellationToken) => ShowAsync(status, cancellationToken);

    public Task OnPostAsync(int status, CancellationToken cancellationToken) => ShowAsync(status, cancellationToken);

    private async Task ShowAsync(int status, CancellationToken cancellationToken)
    {
        Status = status is >= 400 and <= 599 ? status : 404;
        Response.StatusCode = Status;
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Address = failed is null ? "" : failed.OriginalPathBase + failed.OriginalPath;
        Reference = FailureLog.ReferenceOf(HttpContext);
        Damage = (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error as InvalidDataException)?.Message;
        Refusal = HttpContext.Features.Get<Refusal>();
        if (Refusal?.Permission is null || current is not { IsKnown: true, IsPortal: false, Person: not null }) return;
        await using var db = await current.BeginAsync(cancellationToken);
        Admins = [.. (await People.ListAsync(db, PersonKind.Staff, cancellationToken)).Where(p => p is { IsEnabled: true, HasPassword: true } && p.Permissions.Contains(Permission.ManagePeople)).Select(p => p.Name)];
    }
}
