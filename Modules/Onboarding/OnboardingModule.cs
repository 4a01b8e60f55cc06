using Billing.Tenancy.Data;

namespace Billing.Onboarding;

/// <summary>From an empty tenant to its first run.</summary>
public static class OnboardingModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(OnboardingModule).Assembly);
}
