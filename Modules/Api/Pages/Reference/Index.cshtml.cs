using Billing.Api.Reference;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Pages.Reference;

/// <summary>The API for people to read, made from the same description that programs get.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class IndexModel([FromKeyedServices(ApiSetup.Document)] IOpenApiDocumentProvider description, ApiRoutes routes) : PageModel
{
    public IReadOnlyList<ReferencePart> Parts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        routes.Open();
        Parts = ReferencePart.Of(await description.GetOpenApiDocumentAsync(cancellationToken), routes, $"{Request.Scheme}://{Request.Host}");
    }
}
