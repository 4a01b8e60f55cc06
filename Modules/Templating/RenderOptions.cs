namespace Billing.Templating;

/// <summary>What one render gets from outside besides the model.</summary>
public sealed record RenderOptions
{
    /// <summary>The system's clock and no cancellation.</summary>
    public static RenderOptions Default { get; } = new();

    /// <summary><c>date.now</c> and the deadline come from here; its local zone is the zone of <c>date.now</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For <c>math.random</c> and <c>math.uuid</c>; pass a seeded one where documents must come out the same twice.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Overrides the limits the template was compiled with.</summary>
    public TemplateLimits? Limits { get; init; }

    /// <summary>Stops the render with <c>template.limit-time</c>.</summary>
    public CancellationToken Cancellation { get; init; }
}
