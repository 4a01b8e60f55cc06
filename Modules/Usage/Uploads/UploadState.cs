namespace Billing.Usage.Uploads;

/// <summary>What became of an uploaded file.</summary>
public enum UploadState
{
    /// <summary>Here, and its import is asked for.</summary>
    Waiting,

    /// <summary>Being imported.</summary>
    Running,

    /// <summary>Could not be imported: try again (with another format, or when the cause is mended) or drop it.</summary>
    Failed,

    /// <summary>In the file register.</summary>
    Done,

    /// <summary>Never accepted; nothing of it is kept.</summary>
    Refused,

    /// <summary>Given up by somebody, with a reason; nothing of it is kept.</summary>
    Dropped,

    /// <summary>An archive: its files are uploads of their own.</summary>
    Opened,

    /// <summary>Not like the carrier's other files: waits until somebody releases or drops it.</summary>
    Held,

    /// <summary>Was in, and was taken out again by somebody, with a reason.</summary>
    RolledBack,
}
