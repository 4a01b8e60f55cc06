using Billing.Access.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Billing.Access.Pages;

/// <summary>The two fields of a new password.</summary>
internal static class PasswordForm
{
    /// <summary>Says what is wrong with a new password, beside its field.</summary>
    public static async Task CheckAsync(ModelStateDictionary state, Identity.Users users, SignInPerson user, string? password, string? again)
    {
        if (string.IsNullOrEmpty(password)) state.AddModelError("password", "Enter a password.");
        else
        {
            foreach (var rule in users.PasswordValidators)
                foreach (var error in (await rule.ValidateAsync(users, user, password)).Errors) state.AddModelError("password", error.Description);
            if (password != again) state.AddModelError("again", "The two passwords are not the same.");
        }
    }
}
