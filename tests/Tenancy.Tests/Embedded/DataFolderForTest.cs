using Billing.Tenancy.Data.Embedded;

namespace Billing.Tenancy.Tests.Embedded;

/// <summary>A data folder of one test, whose name has a space and an accent in it and whose parent is closed to other users.</summary>
sealed class DataFolderForTest : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("billing-embedded-").FullName;

    public string Path => System.IO.Path.Combine(_parent, "Müller & Söhne", "data");

    public string Cluster => System.IO.Path.Combine(Path, "postgres");

    public List<string> Progress { get; } = [];

    public Task<EmbeddedPostgres> StartAsync(int dataVersion = 1) => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions { DataFolder = Path, DataVersion = dataVersion, Progress = Note }, CancellationToken.None);

    public async Task<EmbeddedPostgresException> RefusalAsync(int dataVersion = 1) =>
        await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(dataVersion));

    void Note(string line)
    {
        lock (Progress) Progress.Add(line);
    }

    public void Dispose()
    {
        ServerProcesses.SignalAll(Cluster, Linux.SignalKill);
        if (Directory.Exists(Path))
        {
            // A killed host leaves it behind for its successor.
            var folder = DataFolder.Open(Path);
            var socketFolder = SocketFolder.PathFor(folder, ServerUser.For(folder.Cluster));
            if (Directory.Exists(socketFolder)) Directory.Delete(socketFolder, recursive: true);
        }
        Directory.Delete(_parent, recursive: true);
    }
}
