using Billing.Tenancy.Data.Embedded;
using Npgsql;

namespace Billing.Tenancy.Tests.Embedded;

[Trait("needs", "postgres")]
public sealed class RefusalTests : IDisposable
{
    readonly DataFolderForTest _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_host_is_told_which_process_holds_the_folder()
    {
        using var first = await HostProcess.StartAsync(_folder.Path);

        var refusal = await _folder.RefusalAsync();

        refusal.Code.ShouldBe("database.locked");
        refusal.Message.ShouldContain($"process {first.ProcessId} on {Environment.MachineName}");
        refusal.Message.ShouldContain(_folder.Path);
        refusal.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task The_lock_of_a_host_that_is_gone_is_taken_over()
    {
        using (var first = await HostProcess.StartAsync(_folder.Path)) await first.KillAsync();

        await using var second = await _folder.StartAsync();

        (await _folder.RefusalAsync()).Message.ShouldContain($"process {Environment.ProcessId} on");
    }

    [Fact]
    public async Task A_folder_of_a_newer_Billing_is_refused_untouched()
    {
        await using (await _folder.StartAsync(dataVersion: 3)) { }
        await using (await _folder.StartAsync(dataVersion: 4)) { }

        var refusal = await _folder.RefusalAsync(dataVersion: 3);

        refusal.Code.ShouldBe("database.newer");
        refusal.Message.ShouldContain("data version 4; this one knows up to 3");
        await using var newer = await _folder.StartAsync(dataVersion: 4);
    }

    [Fact]
    public async Task A_cluster_of_a_PostgreSQL_that_is_not_installed_names_the_package_to_install()
    {
        await using (await _folder.StartAsync()) { }
        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "PG_VERSION"), "99\n");

        var refusal = await _folder.RefusalAsync();

        refusal.Code.ShouldBe("database.server-version");
        refusal.Message.ShouldContain("postgresql-99");
    }

    [Fact]
    public async Task A_folder_that_is_no_database_is_not_overwritten()
    {
        Directory.CreateDirectory(_folder.Cluster);
        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "thesis.txt"), "mine");

        (await _folder.RefusalAsync()).Code.ShouldBe("database.folder");

        File.Exists(Path.Combine(_folder.Cluster, "thesis.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_data_folder_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path)!);
        await File.WriteAllTextAsync(_folder.Path, "");

        var refusal = await _folder.RefusalAsync();

        refusal.Code.ShouldBe("database.folder");
        refusal.Message.ShouldContain(_folder.Path);
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_its_own_reason()
    {
        await using (await _folder.StartAsync()) { }
        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "local.conf"), "shared_buffers = 'plenty'\n");
        File.SetUnixFileMode(Path.Combine(_folder.Cluster, "local.conf"), (UnixFileMode)0b110_100_100);

        var refusal = await _folder.RefusalAsync();

        refusal.Code.ShouldBe("database.start");
        refusal.Message.ShouldContain("shared_buffers");
        ServerProcesses.In(_folder.Cluster).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_socket_folder_that_somebody_else_made_first_is_refused()
    {
        string socketFolder;
        await using (var postgres = await _folder.StartAsync())
            socketFolder = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString).Host!;
        Directory.Exists(socketFolder).ShouldBeFalse();
        Directory.CreateSymbolicLink(socketFolder, Path.GetTempPath());
        try
        {
            var refusal = await _folder.RefusalAsync();

            refusal.Code.ShouldBe("database.socket-folder");
            refusal.Message.ShouldContain(socketFolder);
        }
        finally
        {
            File.Delete(socketFolder);
        }
    }
}
