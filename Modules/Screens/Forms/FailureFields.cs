using Billing.Abstractions.Values;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Billing.Screens.Forms;

/// <summary>Puts what a module refused beside the fields of a form.</summary>
public static class FailureFields
{
    /// <summary>Adds a failure to the field it is about, or to the form as a whole where it is about none of them.</summary>
    /// <param name="state">The form's state.</param>
    /// <param name="failure">What was refused.</param>
    /// <param name="input">The form's model; its members are the fields.</param>
    /// <param name="prefix">The name of that model in the page.</param>
    public static void Refuse(this ModelStateDictionary state, Failure failure, object input, string prefix = "Input")
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(input);
        var member = failure.Field is null ? null : input.GetType().GetProperties().FirstOrDefault(p => string.Equals(p.Name, failure.Field, StringComparison.OrdinalIgnoreCase));
        state.AddModelError(member is null ? "" : $"{prefix}.{member.Name}", failure.Message);
    }
}
