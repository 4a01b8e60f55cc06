namespace Billing.Templating;

/// <summary>The codes a <see cref="TemplateError"/> can carry. They never change their meaning.</summary>
public static class TemplateErrorCodes
{
    /// <summary>The text is not a template: a missing <c>end</c>, an unknown sign, an unfinished string.</summary>
    public const string Syntax = "template.syntax";

    /// <summary>Something is called with arguments, or piped into, that is not there or not a function.</summary>
    public const string UnknownFunction = "template.unknown-function";

    /// <summary>Too few or too many arguments, or a named one the function does not have.</summary>
    public const string Arguments = "template.arguments";

    /// <summary>A value of the wrong kind, for example text where a number is needed.</summary>
    public const string Type = "template.type";

    /// <summary>A member or index of something that is null or has no members.</summary>
    public const string NullAccess = "template.null-access";

    /// <summary>An assignment to something that may not change: a builtin, the model, a <c>readonly</c> variable.</summary>
    public const string ReadOnly = "template.read-only";

    /// <summary>A division by zero or a number out of range.</summary>
    public const string Arithmetic = "template.arithmetic";

    /// <summary>A regular expression that cannot be read.</summary>
    public const string Regex = "template.regex";

    /// <summary>An included template that does not exist, or includes where no loader is given.</summary>
    public const string IncludeNotFound = "template.include-not-found";

    /// <summary>More loop steps than <see cref="TemplateLimits.LoopSteps"/>.</summary>
    public const string LimitLoop = "template.limit-loop";

    /// <summary>Calls, includes or values nested deeper than <see cref="TemplateLimits.Recursion"/>.</summary>
    public const string LimitRecursion = "template.limit-recursion";

    /// <summary>More output than <see cref="TemplateLimits.OutputLength"/>.</summary>
    public const string LimitOutput = "template.limit-output";

    /// <summary>Longer than <see cref="TemplateLimits.Time"/>, or cancelled by the caller.</summary>
    public const string LimitTime = "template.limit-time";

    /// <summary>A text longer than <see cref="TemplateLimits.StringLength"/>.</summary>
    public const string LimitString = "template.limit-string";

    /// <summary>An array longer than <see cref="TemplateLimits.ArrayLength"/>, or a number too large to keep.</summary>
    public const string LimitSize = "template.limit-size";

    /// <summary>A regular expression that took longer than <see cref="TemplateLimits.RegexTime"/>.</summary>
    public const string LimitRegex = "template.limit-regex";

    /// <summary>All work together above <see cref="TemplateLimits.Work"/>.</summary>
    public const string LimitWork = "template.limit-work";

    /// <summary>The template is longer than <see cref="TemplateLimits.SourceLength"/> or nests deeper than <see cref="TemplateLimits.Nesting"/>.</summary>
    public const string LimitSource = "template.limit-source";

    /// <summary>A member of the model failed while it was read.</summary>
    public const string Model = "template.model";
}
