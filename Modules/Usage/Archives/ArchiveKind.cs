namespace Billing.Usage.Archives;

/// <summary>What files come packed in.</summary>
internal enum ArchiveKind
{
    Zip,
    Gzip,
    Tar,
    SevenZip,
    Rar,
}
