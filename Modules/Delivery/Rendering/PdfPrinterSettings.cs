namespace Billing.Delivery.Rendering;

/// <summary>The limits of a printer. The defaults suit one host with two or more cores.</summary>
public sealed record PdfPrinterSettings
{
    /// <summary>Browser program to use; when null, the environment variable <c>BILLING_CHROMIUM</c>, then the programs Debian and Google install.</summary>
    public string? BrowserPath { get; init; }

    /// <summary>Documents printed at the same time, each by a browser of its own (about 150 MB). More than there are cores gains nothing.</summary>
    public int Browsers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 2);

    /// <summary>Longest time one attempt at one print may take. A document gets two attempts.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A browser is replaced after this many prints, because a browser's memory only grows.</summary>
    public int PrintsPerBrowser { get; init; } = 300;

    /// <summary>Most documents joined in one print by <see cref="PdfPrinter.PrintManyAsync"/>. Beyond 25 only the memory grows.</summary>
    public int DocumentsPerPrint { get; init; } = 25;

    /// <summary>Whether bubblewrap may be used to give the browser no network and no files. Off only to test what holds without it.</summary>
    internal bool UsesBubblewrap { get; init; } = true;
}
