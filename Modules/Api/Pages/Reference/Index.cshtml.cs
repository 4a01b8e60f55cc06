using Billing.Api.Reference;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Pages.Reference;

/// <summary>The API for people to read, made from the same description that programs get.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class IndexModel([FromKeyedServices(ApiSetup.Document)] IOpenApiDocumentProvider description, EndpointDataSource endpoints) : PageModel
{
    public IReadOnlyList<ReferencePart> Parts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Parts = ReferencePart.Of(await description.GetOpenApiDocumentAsync(cancellationToken), endpoints, $"{Request.Scheme}://{Request.Host}");
}
