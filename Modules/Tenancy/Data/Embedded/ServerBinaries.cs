using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>A folder with PostgreSQL's server programs, and their major version.</summary>
sealed partial record ServerBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// The programs for a cluster: exactly its own major version, because another one cannot read its files; for a new cluster
    /// (<paramref name="clusterMajor"/> null) the newest there is.
    /// </summary>
    public static ServerBinaries Find(int? clusterMajor, string cluster) =>
        Choose(clusterMajor, cluster, Candidates(
            Environment.GetEnvironmentVariable("BILLING_POSTGRES_BIN"), "/usr/lib/postgresql", Environment.GetEnvironmentVariable("PATH")));

    internal static ServerBinaries Choose(int? clusterMajor, string cluster, IEnumerable<ServerBinaries> candidates)
    {
        var usable = candidates.Where(candidate => candidate.Major >= OldestMajor).OrderByDescending(candidate => candidate.Major).ToList();
        var found = usable.Count == 0 ? "none" : string.Join(", ", usable.Select(each => each.Major).Distinct());

        if (clusterMajor is { } major)
        {
            return usable.Find(candidate => candidate.Major == major) ?? throw new EmbeddedPostgresException("database.server-version",
                $"The database in {cluster} was made by PostgreSQL {major}, and the server programs found here are of version {found}. " +
                $"Install the package postgresql-{major}, or set BILLING_POSTGRES_BIN to the folder with its programs.");
        }

        return usable.FirstOrDefault() ?? throw new EmbeddedPostgresException("database.no-server",
            $"No PostgreSQL {OldestMajor} or newer was found in BILLING_POSTGRES_BIN, /usr/lib/postgresql/*/bin or PATH. " +
            "Install the package postgresql-15 (apt-get install postgresql-15), or point ConnectionStrings__Billing at a server of yours.");
    }

    /// <summary>A folder named on purpose stands alone; otherwise Debian's places come first, then PATH.</summary>
    internal static IEnumerable<ServerBinaries> Candidates(string? chosen, string debianFolder, string? path)
    {
        if (!string.IsNullOrEmpty(chosen))
        {
            return [Look(chosen) ?? throw new EmbeddedPostgresException("database.no-server",
                $"BILLING_POSTGRES_BIN is {chosen}, which does not hold working programs 'postgres' and 'initdb'. " +
                "Set it to a folder such as /usr/lib/postgresql/15/bin, or unset it.")];
        }

        var folders = Directory.Exists(debianFolder)
            ? Directory.GetDirectories(debianFolder).Select(version => Path.Combine(version, "bin"))
            : [];
        return folders.Concat((path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)).Distinct().Select(Look).OfType<ServerBinaries>();
    }

    static ServerBinaries? Look(string folder)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb"))) return null;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(postgres, "--version") { RedirectStandardOutput = true })!;
            var answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var version = VersionPattern().Match(answer);
            return version.Success ? new ServerBinaries(folder, int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) : null;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\(PostgreSQL\) ([0-9]{1,4})")]
    private static partial Regex VersionPattern();
}
