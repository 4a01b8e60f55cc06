using System.Text.Json;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>The places inside one installation's data folder, and the check that this build may work there.</summary>
sealed class DataFolder
{
    readonly string _versionFile;

    DataFolder(string path)
    {
        Root = path;
        Cluster = Path.Combine(path, "postgres");
        NewCluster = Path.Combine(path, "postgres.new");
        SecretFile = Path.Combine(path, "postgres-secrets.json");
        LockFile = Path.Combine(path, "billing.lock");
        _versionFile = Path.Combine(path, "data-version.json");
    }

    public string Root { get; }

    public string Cluster { get; }

    /// <summary>Where a cluster is built before it takes its name, so that a half-made one is never mistaken for a database.</summary>
    public string NewCluster { get; }

    public string SecretFile { get; }

    public string LockFile { get; }

    /// <summary>The major version of PostgreSQL that made the cluster; null when there is no cluster yet.</summary>
    public int? ClusterMajor
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            if (!Directory.Exists(Cluster)) return null;
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim().Split('.')[0], out var major)
                ? major
                : throw new EmbeddedPostgresException("database.folder",
                    $"{Cluster} exists and is not a PostgreSQL database: it has no readable PG_VERSION file. " +
                    "Restore it from a backup, or move it away to start with an empty database.");
        }
    }

    /// <summary>Opens the folder, making it when absent: readable for its owner only, since it will hold everybody's bills.</summary>
    public static DataFolder Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (!Directory.Exists(full))
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            return new DataFolder(full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotUsable(full, failure);
        }
    }

    public static EmbeddedPostgresException NotUsable(string path, Exception failure) => new("database.folder",
        $"The data folder {path} cannot be used by {ServerUser.NameOf(Linux.UserId)}: {failure.Message} " +
        "Make it writable for that user, or choose another data folder.", failure);

    /// <summary>Refuses a folder that a newer build has used; otherwise leaves this build's version there.</summary>
    public void Claim(int dataVersion)
    {
        if (File.Exists(_versionFile))
        {
            var used = ReadVersion();
            if (used > dataVersion)
            {
                throw new EmbeddedPostgresException("database.newer",
                    $"The data folder {Root} was last used by a newer Billing (data version {used}; this one knows up to {dataVersion}). " +
                    "Start the newer Billing, or choose another data folder.");
            }
            if (used == dataVersion) return;
        }
        DurableFile.Write(_versionFile, JsonSerializer.SerializeToUtf8Bytes(new VersionRecord(dataVersion), JsonSerializerOptions.Web));
    }

    int ReadVersion()
    {
        try
        {
            return JsonSerializer.Deserialize<VersionRecord>(File.ReadAllBytes(_versionFile), JsonSerializerOptions.Web)!.DataVersion;
        }
        catch (JsonException failure)
        {
            throw new EmbeddedPostgresException("database.folder",
                $"{_versionFile} cannot be read: {failure.Message} Restore it, or delete it if you are sure that no newer Billing " +
                "has used this folder.", failure);
        }
    }

    sealed record VersionRecord(int DataVersion);
}
