using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;

namespace Billing.Contract.Tests;

public sealed class PublicApiTests
{
    /// <summary>
    /// What strangers build on. When this fails on purpose, copy the received file over the approved one and let the change be reviewed: what was there
    /// must stay, or the contract's major version must grow.
    /// </summary>
    [Fact]
    public void The_public_api_of_the_contract_is_the_approved_one()
    {
        var received = PublicApi.Of(typeof(ICdrFormat).Assembly);
        var approvedPath = Path.Combine(Folder(), "Billing.Abstractions.approved.txt");
        var receivedPath = Path.Combine(Folder(), "Billing.Abstractions.received.txt");
        if (File.Exists(approvedPath) && File.ReadAllText(approvedPath).ReplaceLineEndings("\n") == received)
        {
            File.Delete(receivedPath);
            return;
        }
        File.WriteAllText(receivedPath, received);
        received.ShouldBe(File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "", $"See {receivedPath}.");
    }

    [Fact]
    public void The_contract_needs_nothing_but_the_base_library() => typeof(ICdrFormat).Assembly.GetReferencedAssemblies()
        .ShouldAllBe(name => name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name == "Microsoft.Extensions.Abstractions");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
