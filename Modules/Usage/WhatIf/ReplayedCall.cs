using Billing.Usage.Matching;

namespace Billing.Usage.WhatIf;

/// <summary>A stored call, as a replay reads it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">Its line.</param>
/// <param name="RecordKey">What makes it the same record in whatever file.</param>
/// <param name="Service">Whose it is, as stored.</param>
/// <param name="Facts">What rating knows of it.</param>
/// <param name="Charged">What was charged; null where it has no price.</param>
internal readonly record struct ReplayedCall(long File, long Line, Guid RecordKey, long Service, CallFacts Facts, decimal? Charged);
