namespace Billing.Usage.Archives;

/// <summary>
/// What a file in an archive is called. The name is shown and kept in the register, never used on the disk; one that reaches for another place is refused
/// all the same, for whoever packed it meant no good.
/// </summary>
internal static class EntryName
{
    private const int Longest = 200;

    /// <summary>The name as it is kept: forward slashes, no control characters, its end where it is too long.</summary>
    /// <exception cref="ArchiveRefused"><c>archive.path</c>: it is absolute, or leads out of the archive.</exception>
    public static string Clean(string archive, string name)
    {
        var plain = new string([.. name.Replace('\\', '/').Where(c => !char.IsControl(c))]).Trim();
        while (plain.StartsWith("./", StringComparison.Ordinal)) plain = plain[2..];
        if (plain.StartsWith('/') || plain is [_, ':', ..] && char.IsAsciiLetter(plain[0]) || plain.Split('/').Contains(".."))
            throw new ArchiveRefused("archive.path", $"{archive} holds a file that wants to be outside of it: '{Shortened(plain)}'. Nothing of the archive was taken in; ask whoever packed it.");
        return Shortened(plain.Length == 0 ? "unnamed" : plain);
    }

    /// <exception cref="ArchiveRefused">Always: a link, a device or the like is no file.</exception>
    public static void RefuseLink(string archive, string name, string what) =>
        throw new ArchiveRefused("archive.path", $"{archive} holds {what}, '{Clean(archive, name)}', which could lead anywhere. Nothing of the archive was taken in; pack the files themselves.");

    private static string Shortened(string name) => name.Length > Longest ? name[^Longest..] : name;
}
