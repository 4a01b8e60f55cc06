using Billing.Delivery.Rendering;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>One printer for the tests that leave its browsers alone.</summary>
public sealed class PrinterFixture : IAsyncLifetime
{
    public PdfPrinter Printer { get; } = new(new PdfPrinterSettings());

    // A missing browser fails every test with the name of the package to install.
    public async Task InitializeAsync() => (await Printer.CheckAsync(CancellationToken.None)).ValueOrThrow();

    public async Task DisposeAsync() => await Printer.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedPrinter : ICollectionFixture<PrinterFixture>
{
    public const string Name = "printer";
}
