using Billing.Usage.Uploads;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The words and colours that uploads' states have on screens.</summary>
internal static class UploadWords
{
    public static string State(UploadState state) => state switch
    {
        UploadState.Running => "Being imported",
        UploadState.Done => "In",
        _ => state.ToString(),
    };

    public static string Class(UploadState state) => state switch
    {
        UploadState.Done => "badge is-good is-completed",
        UploadState.Running => "badge is-active is-running",
        UploadState.Failed or UploadState.Refused => "badge is-bad is-cancelled",
        _ => "badge",
    };
}
