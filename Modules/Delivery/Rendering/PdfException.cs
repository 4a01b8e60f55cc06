namespace Billing.Delivery.Rendering;

/// <summary>A document that could not be printed, or a printer that cannot start. The message is written for the reseller's operator.</summary>
/// <remarks>Codes are stable:
/// <c>delivery.pdf-browser-missing</c> no browser is installed; trying again is useless until one is;
/// <c>delivery.pdf-failed</c> the browser did not start, or it hung, crashed or answered nonsense twice for this document;
/// <c>delivery.pdf-refused</c> the document itself asks for something a printed document may not do; printing it again gives the same answer.
/// </remarks>
public sealed class PdfException : Exception
{
    internal const string BrowserMissing = "delivery.pdf-browser-missing";
    internal const string Failed = "delivery.pdf-failed";
    internal const string Refused = "delivery.pdf-refused";

    public PdfException(string code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>Stable, for programs; the message is for people.</summary>
    public string Code { get; }
}
