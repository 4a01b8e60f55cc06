using Billing.Usage.Import;

namespace Billing.Usage.Uploads;

/// <summary>How the sender of a file wants it read. For an archive it is meant of each file in it.</summary>
/// <param name="FormatId">The format, or null to recognise it.</param>
/// <param name="Stated">What kind of file it is, and which days it covers.</param>
public sealed record UploadWish(string? FormatId, FileStatement Stated);
