using Billing.Abstractions.Values;

namespace Billing.Delivery.Rendering;

/// <summary>A document that could not be printed, or a printer that cannot start. The message is written for the reseller's operator.</summary>
/// <remarks>The codes are stable; <see cref="PdfPrinter"/> lists them.</remarks>
public sealed class PdfException : Exception
{
    internal const string BrowserMissing = "delivery.pdf-browser-missing";
    internal const string Failed = "delivery.pdf-failed";
    internal const string Refused = "delivery.pdf-refused";

    public PdfException(string code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>Stable, for programs; the message is for people.</summary>
    public string Code { get; }

    internal Failure Failure => new(Code, Message);
}
