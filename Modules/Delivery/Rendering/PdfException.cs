using Billing.Abstractions.Values;

namespace Billing.Delivery.Rendering;

/// <summary>A print that failed, on its way up to <see cref="PdfPrinter"/>, which answers with <see cref="Failure"/>.</summary>
sealed class PdfException : Exception
{
    internal const string BrowserMissing = "delivery.pdf-browser-missing";
    internal const string Failed = "delivery.pdf-failed";
    internal const string Refused = "delivery.pdf-refused";

    public PdfException(string code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    public string Code { get; }

    public Failure Failure => new(Code, Message);
}
