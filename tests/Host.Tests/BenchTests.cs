using System.Diagnostics;

namespace Billing.Host.Tests;

public sealed class BenchTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("start", "--published", "")]
    public async Task A_bench_never_fills_a_database_that_somebody_works_with(params string[] what)
    {
        var arguments = what.Select(argument => argument.Length == 0 ? Path.GetDirectoryName(typeof(Home).Assembly.Location)! : argument);
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", [typeof(Home).Assembly.Location, "bench", .. arguments]) { RedirectStandardError = true };
        start.Environment["BILLING_HOME"] = Home.Folder;
        start.Environment["ConnectionStrings__Billing"] = "Host=127.0.0.1;Port=1;Database=books;Username=nobody";
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2);
        said.ShouldStartWith("bench.own-database");
    }
}
