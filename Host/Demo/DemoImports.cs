using Billing.Abstractions.Values;
using Billing.Host.Commands;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;

namespace Billing.Host.Demo;

/// <summary>Takes a folder of carriers' files in, one after the other, and remembers what was refused.</summary>
internal sealed class DemoImports(Installation installation, Tenant tenant)
{
    private readonly List<(string Name, Failure Why)> refused = [];

    /// <summary>Files that were not taken in although they never had been.</summary>
    public IReadOnlyList<(string Name, Failure Why)> Refused => refused;

    /// <summary>Files whose bytes are in the register already.</summary>
    public int Known { get; private set; }

    public async Task RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var import = new CdrImport(installation.Database, installation.Plugins.Formats, installation.Clock);
        using var bar = new ProgressBar("Importing carriers' files", paths.Count, installation.Clock);
        foreach (var path in paths)
        {
            var outcome = await import.ImportAsync(tenant, Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellationToken), null, cancellationToken);
            if (!outcome.TryGet(out _, out var failure))
            {
                if (failure.Code == "usage.file-known") Known++;
                refused.Add((Path.GetFileName(path), failure));
            }
            bar.Step();
        }
    }
}
