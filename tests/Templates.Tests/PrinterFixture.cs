using Billing.Delivery.Rendering;

namespace Billing.Templates.Tests;

/// <summary>One printer with one browser for all printed pages.</summary>
public sealed class PrinterFixture : IAsyncLifetime
{
    public PdfPrinter Printer { get; } = new(new PdfPrinterSettings { Browsers = 1 });

    // A missing browser fails every test with the name of the package to install.
    public Task InitializeAsync() => Printer.CheckAsync(CancellationToken.None);

    public async Task DisposeAsync() => await Printer.DisposeAsync();
}
