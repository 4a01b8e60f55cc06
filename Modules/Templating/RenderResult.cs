using System.Diagnostics.CodeAnalysis;

namespace Billing.Templating;

/// <summary>What rendering gave: the text, or the error that stopped it. Exactly one of the two; half a document is never handed out.</summary>
public sealed class RenderResult
{
    internal RenderResult(string? text, TemplateError? error)
    {
        Text = text;
        Error = error;
    }

    /// <summary>Null when rendering failed.</summary>
    public string? Text { get; }

    /// <summary>Null when rendering succeeded.</summary>
    public TemplateError? Error { get; }

    /// <summary>Whether there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Text is not null;

    /// <summary>The text, or a <see cref="TemplateException"/> with the error.</summary>
    public string TextOrThrow() => Text ?? throw new TemplateException(Error!);
}
