using Billing.Onboarding.Imports;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Onboarding.Pages.Start;

/// <summary>The way from an empty tenant to its first run, and every import there was.</summary>
[Demands(Permission.ImportRecords)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<OnboardingStep> Steps { get; private set; } = [];

    /// <summary>The first step that is not done and must be.</summary>
    public OnboardingStep? Next { get; private set; }

    public IReadOnlyList<StoredImport> Imports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Steps = await OnboardingStep.LoadAsync(db, cancellationToken);
        Next = Steps.FirstOrDefault(step => !step.IsDone && !step.IsOptional);
        Imports = await ImportBook.LoadAsync(db, cancellationToken);
    }
}
