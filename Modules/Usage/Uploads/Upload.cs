using Billing.Abstractions.Values;
using Billing.Usage.Import;

namespace Billing.Usage.Uploads;

/// <summary>An uploaded file.</summary>
/// <param name="Id">Its number within the tenant.</param>
/// <param name="Batch">Files that came together have the same one.</param>
/// <param name="Name">The file's name without folder.</param>
/// <param name="Hash">SHA-256 of its bytes; null where it was refused before they were all there.</param>
/// <param name="Bytes">How many bytes came.</param>
/// <param name="Lines">How many lines they are.</param>
/// <param name="Format">The format it is or was read by; null while none is known.</param>
/// <param name="Sureness">How sure that format is of it, of 100; null where a person chose the format.</param>
/// <param name="State">What became of it.</param>
/// <param name="Failure">Why it failed or was refused.</param>
/// <param name="FileId">Its place in the file register once it is in.</param>
/// <param name="By">Who uploaded it.</param>
/// <param name="At">When.</param>
/// <param name="DroppedBy">Who gave it up, or took it out again.</param>
/// <param name="DroppedWhy">And why.</param>
public sealed record Upload(
    long Id, Guid Batch, string Name, string? Hash, long Bytes, long Lines, string? Format, int? Sureness, UploadState State, Failure? Failure, long? FileId,
    string By, DateTimeOffset At, string? DroppedBy, string? DroppedWhy)
{
    /// <summary>What a job's subject calls it.</summary>
    public string Subject => SubjectOf(Id);

    /// <summary>The upload of the archive that it came in; null for a file that came by itself.</summary>
    public long? ArchiveId { get; init; }

    /// <summary>What a person says it is.</summary>
    public FileStatement Stated { get; init; } = FileStatement.None;

    /// <summary>Who released it although it is not like the carrier's other files.</summary>
    public string? ReleasedBy { get; init; }

    /// <summary>And why.</summary>
    public string? ReleasedWhy { get; init; }

    internal static string SubjectOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"upload/{id}");
}
