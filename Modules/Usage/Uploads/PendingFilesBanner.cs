using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;

namespace Billing.Usage.Uploads;

/// <summary>The warning at the top of the Billing Run pages while CDR files are pending (UX-5): how many, and how they stand.</summary>
internal sealed class PendingFilesBanner : IBanner
{
    public string Permission => Tenancy.Users.Permission.ViewUsage;

    public async Task<BannerText?> RaiseAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var pending = await PendingFiles.LoadAsync(db, cancellationToken);
        return pending.Count == 0 ? null : new BannerText($"{pending.Count} CDR {(pending.Count == 1 ? "file is" : "files are")} pending: {pending}.", "Look at the files", "/cdrs/uploads");
    }
}
