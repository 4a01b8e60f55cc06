using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>The calls a service makes.</summary>
/// <param name="Carrier">Whose file they come in.</param>
/// <param name="Identity">The trunk or PBX account the carrier bills by; null where it bills by calling number.</param>
/// <param name="Callers">The numbers that call.</param>
/// <param name="Active">Days on which it calls.</param>
/// <param name="Weight">Its share of all calls, against the other services.</param>
/// <param name="Calls">So many calls exactly, whatever the weights; null for a share.</param>
sealed record DemoUsage(DemoCarrier Carrier, string? Identity, IReadOnlyList<ulong> Callers, DateInterval Active, int Weight, int? Calls = null);
