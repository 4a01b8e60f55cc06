using Billing.Screens;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>What a person sees when a page can't be shown: what is wrong and where to go on.</summary>
internal sealed class ErrorModel(CurrentTenant current) : PageModel
{
    public int Status { get; private set; }

    /// <summary>The address that was asked for.</summary>
    public string Address { get; private set; } = "";

    public string Reference { get; private set; } = "";

    /// <summary>Something stored is not as it was stored: said in words of ours.</summary>
    public string? Damage { get; private set; }

    public bool IsTenantKnown => current.IsKnown;

    public void OnGet(int status)
    {
        Status = status is >= 400 and <= 599 ? status : 404;
        Response.StatusCode = Status;
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Address = failed is null ? "" : failed.OriginalPathBase + failed.OriginalPath;
        Reference = FailureLog.ReferenceOf(HttpContext);
        Damage = (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error as InvalidDataException)?.Message;
    }
}
