using Billing.Rating.Allowances;

namespace Billing.Catalog.Allowances;

/// <summary>An allowance as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">The tenant's own code, unique.</param>
/// <param name="Allowance">What it gives.</param>
/// <param name="RetiredOn">First day it is not given any more; null while it is. Who has it keeps it.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredAllowance(AllowanceId Id, string Code, Allowance Allowance, DateOnly? RetiredOn, int Version);
