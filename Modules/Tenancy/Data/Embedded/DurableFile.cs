namespace Billing.Tenancy.Data.Embedded;

/// <summary>Small files that are whole or absent, whatever happens while they are written.</summary>
static class DurableFile
{
    /// <summary>Replaces a file; readable for its owner only.</summary>
    /// <param name="path">The file to replace.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="owner">Who is to own it; the host's user when null.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, ServerUser? owner = null)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var file = new FileStream(draft, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            owner?.Own(draft);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
        Linux.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
