using System.Globalization;
using System.Text;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// One host a data folder. The operating system holds the lock, so it goes with its process however that ends; the text inside only
/// says who it is.
/// </summary>
sealed class DataFolderLock : IDisposable
{
    readonly FileStream _file;

    DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(DataFolder folder)
    {
        FileStream file;
        try
        {
            // FileShare.None is an exclusive flock on Linux.
            file = new FileStream(folder.LockFile, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (UnauthorizedAccessException failure)
        {
            throw DataFolder.NotUsable(folder.Root, failure);
        }
        catch (IOException failure) when (File.Exists(folder.LockFile))
        {
            throw new EmbeddedPostgresException("database.locked",
                $"Another Billing uses the data folder {folder.Root}: {Holder(folder.LockFile)}. " +
                "Stop it first, or choose another data folder.", failure);
        }
        catch (IOException failure)
        {
            throw DataFolder.NotUsable(folder.Root, failure);
        }

        file.SetLength(0);
        file.Write(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}\n")));
        file.Flush();
        return new DataFolderLock(file);
    }

    // The file stays: deleting it could take the name from under a host that has just opened it, and let in a third.
    public void Dispose()
    {
        _file.SetLength(0);
        _file.Dispose();
    }

    static string Holder(string path)
    {
        try
        {
            using var file = Linux.OpenToRead(path);
            var text = new byte[200];
            var line = Encoding.UTF8.GetString(text, 0, RandomAccess.Read(file, text, 0)).TrimEnd();
            return line.Length > 0 ? line : "a process that has not said its number yet";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "a process of another user";
        }
    }
}
