using Billing.Access.Entrance;
using Billing.Access.Identity;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Billing.Access;

/// <summary>Who may come in, and what they may do: signing in, people, support, the audit trail.</summary>
public static class AccessModule
{
    // What a guess costs whoever stole the hashes; some 80 ms here.
    private const int HashIterations = 210_000;

    internal static IOptions<PasswordHasherOptions> Hashing { get; } = Options.Create(new PasswordHasherOptions { IterationCount = HashIterations });

    /// <summary>Registers sign-in, enforcement and the keys both are signed with. The database and the clock are there already.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("billing");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = new KeyRows(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>())));
        services.Configure<AntiforgeryOptions>(forms =>
        {
            forms.Cookie.Name = "form";
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.FormFieldName = "form-key";
            forms.HeaderName = "X-Form-Key";
            // The policy on frames is among the answer's headers already.
            forms.SuppressXFrameOptionsHeader = true;
        });

        services.AddSingleton(Hashing);
        services.AddScoped<PersonStore>().AddScoped<TotpProvider>().AddScoped<FrontDoor>().AddScoped<Invitations>();
        services.AddIdentityCore<SignInPerson>(identity =>
        {
            identity.Password.RequiredLength = PasswordRule.MinimumLength;
            identity.Password.RequiredUniqueChars = 5;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpProvider));
        }).AddUserManager<Identity.Users>().AddPasswordValidator<PasswordRule>();
        services.AddScoped<ILookupNormalizer, EmailForm>();
        services.Configure<MvcOptions>(mvc => mvc.Filters.Add<HandlerDemands>());
        // What the address names is what is meant: a field of a form or a query can't put another id in its place.
        services.PostConfigure<MvcOptions>(mvc =>
        {
            var address = mvc.ValueProviderFactories.OfType<RouteValueProviderFactory>().Single();
            mvc.ValueProviderFactories.Remove(address);
            mvc.ValueProviderFactories.Insert(0, address);
        });
        return services;
    }

    /// <summary>Recognises who asks and holds what pages and endpoints demand. After the tenant is chosen and the route is known.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.UseMiddleware<Recognition>().UseMiddleware<Gate>();
}
