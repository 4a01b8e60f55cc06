using Billing.Tenancy.Data.Embedded;
using Npgsql;

namespace Billing.Tenancy.Tests.Embedded;

[Trait("needs", "postgres")]
public sealed class KilledTests : IDisposable
{
    readonly DataFolderForTest _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_the_host_was_killed_the_next_one_finds_every_commit_and_no_open_transaction()
    {
        using var host = await HostProcess.StartAsync(_folder.Path);
        await Sql.RunAsync(host.ConnectionString, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (7)");
        await using var open = new NpgsqlConnection($"{host.ConnectionString};Pooling=false");
        await open.OpenAsync();
        await using (var command = new NpgsqlCommand("BEGIN; LOCK TABLE kept; INSERT INTO kept VALUES (8)", open)) await command.ExecuteNonQueryAsync();

        await host.KillAsync();
        await using var next = await _folder.StartAsync();

        (await Sql.ScalarAsync<long>(next.OwnerConnectionString, "SELECT sum(value) FROM kept")).ShouldBe(7);
    }

    [Fact]
    public async Task A_server_whose_host_was_killed_stops_by_itself()
    {
        using var host = await HostProcess.StartAsync(_folder.Path);

        await host.KillAsync();

        await Wait.ForAsync(() => ServerProcesses.In(_folder.Cluster).Count == 0, "the server to follow its host");
    }

    [Fact]
    public async Task A_server_that_kept_running_without_its_host_is_stopped_and_replaced()
    {
        using var host = await HostProcess.StartAsync(_folder.Path);
        await Sql.RunAsync(host.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS value");
        // Stopped, it cannot follow the guard's request; continued only once the next host has asked again.
        Linux.Signal(host.ServerProcessId, 19);
        await host.KillAsync();

        var starting = _folder.StartAsync();
        await Wait.ForAsync(() => _folder.Progress.Exists(line => line.Contains("left over")), "the leftover server to be noticed");
        Linux.Signal(host.ServerProcessId, 18);

        await using var next = await starting;
        next.ProcessId.ShouldNotBe(host.ServerProcessId);
        (await Sql.ScalarAsync<int>(next.OwnerConnectionString, "SELECT value FROM kept")).ShouldBe(7);
    }

    [Fact]
    public async Task When_the_postmaster_is_killed_the_server_is_started_again_and_later_queries_work()
    {
        await using var postgres = await _folder.StartAsync();
        var restarted = 0;
        postgres.Restarted += () => restarted++;
        await Sql.RunAsync(postgres.OwnerConnectionString, "CREATE TABLE kept AS SELECT 7 AS value");

        // Twice: the second time it is the restarted server that dies.
        for (var time = 1; time <= 2; time++)
        {
            Linux.Signal(postgres.ProcessId, Linux.SignalKill);
            var expected = time;
            await Wait.ForAsync(() => Volatile.Read(ref restarted) == expected, "the restart");
            (await Sql.ScalarAsync<int>(postgres.OwnerConnectionString, "SELECT value FROM kept")).ShouldBe(7);
        }
    }

    [Fact]
    public async Task A_busy_child_of_a_killed_postmaster_holds_the_restart_up_only_for_a_while()
    {
        await using var postgres = await _folder.StartAsync();
        await using var busy = new NpgsqlConnection($"{postgres.OwnerConnectionString};Pooling=false");
        await busy.OpenAsync();
        await using var command = new NpgsqlCommand("DO $$ BEGIN LOOP END LOOP; END $$", busy) { CommandTimeout = 0 };
        var running = command.ExecuteNonQueryAsync();

        Linux.Signal(postgres.ProcessId, Linux.SignalKill);

        await Wait.ForAsync(async () =>
        {
            try
            {
                return await Sql.ScalarAsync<int>(postgres.OwnerConnectionString, "SELECT 1") == 1;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }, "the server to take connections again");
        await Should.ThrowAsync<NpgsqlException>(() => running);
    }

    [Fact]
    public async Task Host_and_postmaster_killed_together_are_recovered_from()
    {
        using var host = await HostProcess.StartAsync(_folder.Path);
        await Sql.RunAsync(host.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS value");

        Linux.Signal(host.ServerProcessId, Linux.SignalKill);
        await host.KillAsync();

        await using var next = await _folder.StartAsync();
        (await Sql.ScalarAsync<int>(next.OwnerConnectionString, "SELECT value FROM kept")).ShouldBe(7);
    }

    [Fact]
    public async Task A_pid_file_whose_number_went_to_another_process_does_not_stop_the_start()
    {
        await using (await _folder.StartAsync()) { }
        // This test's own number: a live process, which has nothing to do with the cluster.
        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "postmaster.pid"), $"{Environment.ProcessId}\n/somewhere\n1\n5432\n\n\n  1 1\nready\n");

        await using var postgres = await _folder.StartAsync();

        (await Sql.ScalarAsync<int>(postgres.OwnerConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_set_up_killed_at_any_moment_is_begun_again()
    {
        // Spread over the whole of a set-up, from before its first file to after its last.
        foreach (var milliseconds in (int[])[0, 100, 250, 450, 700, 1000])
        {
            using var folder = new DataFolderForTest();
            using (var host = HostProcess.Launch(folder.Path))
            {
                await Wait.ForAsync(() => File.Exists(Path.Combine(folder.Path, "billing.lock")), "the host to begin");
                await Task.Delay(milliseconds);
                await host.KillAsync();
            }

            await using var postgres = await folder.StartAsync();
            await Sql.RunAsync(postgres.OwnerConnectionString, "CREATE EXTENSION btree_gist");
            Directory.Exists(Path.Combine(folder.Path, "postgres.new")).ShouldBeFalse();
        }
    }
}
