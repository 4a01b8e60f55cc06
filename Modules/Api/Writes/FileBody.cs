namespace Billing.Api.Writes;

/// <summary>Marks an endpoint whose body is a file, which may be bigger than what other requests may bring.</summary>
/// <param name="Most">Most bytes that the endpoint takes. It gets to see a little more, so that it can answer for itself; what is bigger still is refused before it.</param>
/// <param name="TooBig">Code of that refusal.</param>
public sealed record FileBody(Func<IServiceProvider, long> Most, string TooBig);
