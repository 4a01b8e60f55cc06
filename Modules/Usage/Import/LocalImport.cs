using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Archives;
using Billing.Usage.Uploads;

namespace Billing.Usage.Import;

/// <summary>Imports files of the machine, as <c>billing import</c> does: one by one, archives opened in the data folder.</summary>
public sealed class LocalImport(Database database, CdrFormatCatalog plugins, UploadFolder folder, ArchiveLimits limits, TimeProvider clock)
{
    /// <summary>What is said of the files.</summary>
    public FileStatement Stated { get; init; } = FileStatement.None;

    /// <summary>Why they may come in although a guard holds them.</summary>
    public string? ReleasedWhy { get; init; }

    /// <summary>Imports a file, or each file of an archive.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="path">Where it lies; it stays there.</param>
    /// <param name="formatId">The format, or null to recognise it.</param>
    /// <param name="cancellationToken">Stops the work; what is in stays in.</param>
    /// <returns>One result a file, with its name; the archive's own where it was refused.</returns>
    public async IAsyncEnumerable<(string Name, Result<ImportedFile> Result)> ImportAsync(Tenant tenant, string path, string? formatId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var name = Path.GetFileName(path);
        if (await KindOfAsync(path, cancellationToken) is not { } kind)
        {
            yield return (name, await TakeAsync(tenant, name, path, formatId, cancellationToken));
            yield break;
        }
        if (!(await new ArchiveOpening(limits, () => folder.NewPath(tenant.Id), clock).OpenAsync(name, path, kind, long.MaxValue, cancellationToken)).TryGet(out var files, out var refusal))
        {
            yield return (name, refusal);
            yield break;
        }
        try
        {
            foreach (var file in files) yield return (file.Name, await TakeAsync(tenant, file.Name, file.Path, formatId, cancellationToken));
        }
        finally
        {
            ArchiveOpening.Remove(files);
        }
    }

    private async Task<Result<ImportedFile>> TakeAsync(Tenant tenant, string name, string path, string? formatId, CancellationToken cancellationToken) =>
        await new CdrImport(database, plugins, clock) { Stated = Stated, ReleasedWhy = ReleasedWhy }.ImportAsync(tenant, await CdrSource.OfFileAsync(name, path, cancellationToken), formatId, null, cancellationToken);

    private static async Task<ArchiveKind?> KindOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[CdrSample.MaxHeadBytes];
        return ArchiveSignature.Of(head.AsSpan(0, await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)));
    }
}
