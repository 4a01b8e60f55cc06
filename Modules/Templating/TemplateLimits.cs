namespace Billing.Templating;

/// <summary>How much a template may ask for. Every limit holds for one render, except the two about the source.</summary>
/// <remarks>Templates are written by resellers and run beside other resellers' work, so nothing they can write is unbounded.</remarks>
public sealed record TemplateLimits
{
    /// <summary>The defaults: an invoice of some hundred thousand lines fits.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Steps of all loops together, inclusive.</summary>
    public int LoopSteps { get; init; } = 1_000_000;

    /// <summary>Depth of function calls and includes, and of arrays and objects inside each other when they are written out.</summary>
    public int Recursion { get; init; } = 100;

    /// <summary>Characters of the result, inclusive; text captured on the way counts as well.</summary>
    public int OutputLength { get; init; } = 50_000_000;

    /// <summary>From the start of the render, by the clock that was passed in.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Characters of one text value, inclusive.</summary>
    public int StringLength { get; init; } = 4_000_000;

    /// <summary>Items of one array, inclusive; a range counts only when it becomes an array.</summary>
    public int ArrayLength { get; init; } = 1_000_000;

    /// <summary>Items and characters made by the template altogether: the brake on memory.</summary>
    public long Work { get; init; } = 100_000_000;

    /// <summary>For one match of one regular expression.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Characters of one template, inclusive.</summary>
    public int SourceLength { get; init; } = 2_000_000;

    /// <summary>Blocks, brackets and operators inside each other in the source.</summary>
    public int Nesting { get; init; } = 200;

    /// <summary>Errors reported for one template before reading on is pointless.</summary>
    public int Errors { get; init; } = 20;
}
