using Billing.Usage.Uploads;

namespace Billing.Host.Jobs;

/// <summary>What a host does in the background, and where it keeps files meanwhile.</summary>
/// <param name="DataFolder">Uploaded files wait here; several hosts of one installation share it.</param>
/// <param name="IsWorker">True to do jobs; false only to ask for them.</param>
/// <param name="Limits">What an upload may be.</param>
internal sealed record HostWork(string DataFolder, bool IsWorker, UploadLimits Limits)
{
    /// <summary>True to let tenants' webhooks lead to this machine and private networks.</summary>
    public bool ReachesPrivateAddresses { get; init; }

    /// <summary>Nothing is done here, only asked for; what is uploaded lies in the temporary folder.</summary>
    public static HostWork None { get; } = new(Path.Combine(Path.GetTempPath(), "billing"), false, new UploadLimits());
}
