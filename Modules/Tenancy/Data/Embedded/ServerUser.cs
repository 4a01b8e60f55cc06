using System.Diagnostics;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>The user the server runs as: the host's own, or an unprivileged one when the host is root.</summary>
sealed record ServerUser(uint Id, uint Group)
{
    /// <summary>Under this name the programs of a cluster know its folder; see <see cref="Command"/>.</summary>
    public const string FolderAlias = "/proc/self/fd/9";

    public bool IsHost => Id == Linux.UserId;

    public string Name => NameOf(Id);

    /// <summary>
    /// Chooses the user for a cluster folder: whoever owns it already, so that a folder made by an ordinary user stays theirs under
    /// sudo; for a new one the system's postgres user, else nobody.
    /// </summary>
    public static ServerUser For(string cluster)
    {
        var owner = Linux.Identify(cluster);
        if (Linux.UserId != 0)
        {
            if (owner is { } other && other.Owner != Linux.UserId)
            {
                throw new EmbeddedPostgresException("database.other-user",
                    $"The database in {cluster} belongs to the user {NameOf(other.Owner)}, and Billing runs as {NameOf(Linux.UserId)}. " +
                    "Start Billing as root or as that user, or choose another data folder.");
            }
            return new ServerUser(Linux.UserId, Linux.Identify("/proc/self")?.Group ?? Linux.UserId);
        }

        if (owner is { Owner: not 0 } existing) return new ServerUser(existing.Owner, existing.Group);
        return Find("postgres") ?? Find("nobody") ?? throw new EmbeddedPostgresException("database.no-server",
            "PostgreSQL refuses to run as root, and this machine has neither a user 'postgres' nor 'nobody' to run it as. " +
            "Install the package postgresql-15, or start Billing as an ordinary user.");
    }

    /// <summary>
    /// A command that runs as this user, in a session of its own (so that Ctrl-C on the terminal reaches the host only), and sees
    /// <paramref name="folder"/> as <see cref="FolderAlias"/>. The open folder is handed over rather than its path: the unprivileged
    /// user may have no way through the parents (/root is closed to it), and the path may hold what a program cannot quote.
    /// </summary>
    public ProcessStartInfo Command(string folder, string program, params IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-c", "exec 9<. && cd / && exec \"$@\"", "billing", "setsid"])
            command.ArgumentList.Add(argument);
        if (!IsHost)
        {
            foreach (var argument in (string[])["setpriv", $"--reuid={Id}", $"--regid={Group}", "--clear-groups", "--no-new-privs"])
                command.ArgumentList.Add(argument);
        }
        command.ArgumentList.Add(program);
        foreach (var argument in arguments) command.ArgumentList.Add(argument);

        // PGDATA, LC_ALL, TZ and their like must not change what the cluster is.
        var libraries = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH");
        command.Environment.Clear();
        command.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        command.Environment["LANG"] = "C";
        command.Environment["TZ"] = "UTC";
        command.Environment["HOME"] = "/";
        if (libraries is not null) command.Environment["LD_LIBRARY_PATH"] = libraries;
        return command;
    }

    /// <summary>Gives a file or folder that the host made to the server's user.</summary>
    public void Own(string path)
    {
        if (!IsHost) Linux.ChangeOwner(path, Id, Group);
    }

    public static string NameOf(uint id) =>
        Accounts().FirstOrDefault(account => account.Id == id).Name ?? $"number {id}";

    static ServerUser? Find(string name)
    {
        var account = Accounts().FirstOrDefault(account => account.Name == name);
        return account.Name is null ? null : new ServerUser(account.Id, account.Group);
    }

    static IEnumerable<(string? Name, uint Id, uint Group)> Accounts()
    {
        if (!File.Exists("/etc/passwd")) yield break;
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length >= 4 && uint.TryParse(fields[2], out var id) && uint.TryParse(fields[3], out var group))
                yield return (fields[0], id, group);
        }
    }
}
