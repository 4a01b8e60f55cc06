namespace Billing.Invoicing.Documents;

/// <summary>Calls of one service.</summary>
/// <param name="Label">As the customer calls it.</param>
/// <param name="Calls">How many, free ones included.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Charge">Sum of the single charges, with all their decimals.</param>
/// <param name="Billed">The same rounded to the coin: the service's usage line.</param>
/// <param name="Items">The calls that cost something or that an allowance or a spend cap made cost nothing, in order of start; empty where bills are not itemised.</param>
public sealed record ServiceUsage(string Label, int Calls, long Seconds, decimal Charge, decimal Billed, IReadOnlyList<CallItem> Items);
