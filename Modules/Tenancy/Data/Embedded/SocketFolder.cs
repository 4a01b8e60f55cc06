using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// A short private folder for the server's socket. The data folder cannot hold it: a socket's path ends at 107 bytes, and the parents
/// may be closed to the server's user.
/// </summary>
static partial class SocketFolder
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder's path: always the same one for the same data folder and user.</summary>
    public static string PathFor(DataFolder folder, ServerUser user)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Root)))[..12];
        return Path.Combine(Parent(user), $"billing-{user.Id}-{hash}");
    }

    /// <summary>
    /// Makes the folder, or makes sure of the one that is there and empties it; call it with no server at work. A socket's lock file
    /// holds a process number, which another process, or an unreaped dead one, may bear by now.
    /// </summary>
    public static string Prepare(DataFolder folder, ServerUser user)
    {
        var path = PathFor(folder, user);
        try
        {
            if (Linux.Identify(path, followLinks: false) is null) Directory.CreateDirectory(path, OwnerOnly);
            if (Linux.Identify(path, followLinks: false) is { IsFolder: true } made && (made.Owner == user.Id || made.Owner == Linux.UserId))
            {
                user.Own(path);
                File.SetUnixFileMode(path, OwnerOnly);
                foreach (var stale in Directory.GetFiles(path)) File.Delete(stale);
                return path;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, failure.Message, failure);
        }

        // In /tmp anybody can make this name first, and would then own the door to the database.
        throw Refusal(path, "it exists already and is not a folder of ours.", null);
    }

    static EmbeddedPostgresException Refusal(string path, string why, Exception? failure) => new("database.socket-folder",
        $"The folder {path} for the database's socket cannot be used: {why} Remove it, then start again.", failure);

    static string Parent(ServerUser user)
    {
        if (!user.IsHost) return IsWritable("/run") ? "/run" : "/tmp";

        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return runtime is { Length: > 0 and < 60 }
            && PlainPath().IsMatch(runtime)
            && Linux.Identify(runtime) is { IsFolder: true } identity && identity.Owner == user.Id
            && IsWritable(runtime) ? runtime : "/tmp";
    }

    static bool IsWritable(string path)
    {
        var probe = Path.Combine(path, $".billing-{Guid.NewGuid():N}");
        try
        {
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Both PostgreSQL's setting and Npgsql's host take a comma for the end of a name.
    [GeneratedRegex("^/[A-Za-z0-9/._-]+$")]
    private static partial Regex PlainPath();
}
