using System.ComponentModel;

namespace Billing.Invoicing.Endpoints;

/// <summary>The approval of a draft.</summary>
sealed record RequestBody([property: Description("The draft that is approved: the `draftHash` of the run, as read. If the draft was made anew since, it is refused.")] string Draft);
