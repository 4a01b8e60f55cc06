using System.Globalization;
using Billing.Tenancy;

namespace Billing.Usage.Uploads;

/// <summary>Where uploaded bytes lie until they are imported: under the data folder, each tenant's in a folder of its own.</summary>
/// <param name="dataFolder">The installation's data folder. Hosts on several machines must share it.</param>
public sealed class UploadFolder(string dataFolder)
{
    /// <summary>The file of an upload, by the hash of its bytes; the same bytes are the same file.</summary>
    internal string PathOf(TenantId tenant, string hash) => Path.Combine(FolderOf(tenant), hash + ".cdr");

    /// <summary>A new file to write arriving bytes to; they get their name once they are all there.</summary>
    internal string NewPath(TenantId tenant)
    {
        var folder = FolderOf(tenant);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder, Guid.NewGuid().ToString("N") + ".part");
    }

    private string FolderOf(TenantId tenant) => Path.Combine(dataFolder, "uploads", tenant.Value.ToString(CultureInfo.InvariantCulture));
}
