using Billing.Tenancy.Data.Embedded;
using Npgsql;

namespace Billing.Tenancy.Tests.Embedded;

[Trait("needs", "postgres")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    readonly DataFolderForTest _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_owner_owns_the_database_and_is_no_superuser()
    {
        await using var postgres = await _folder.StartAsync();
        var owner = postgres.OwnerConnectionString;

        (await Sql.ScalarAsync<string>(owner, "SELECT current_user::text")).ShouldBe("billing_owner");
        (await Sql.ScalarAsync<string>(owner, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()"))
            .ShouldBe("billing_owner");
        (await Sql.ScalarAsync<string>(owner,
            "SELECT concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication) FROM pg_roles WHERE rolname = current_user"))
            .ShouldBe("f t f f f");
        await Sql.RunAsync(owner, "CREATE ROLE somebody NOLOGIN; CREATE EXTENSION btree_gist");
    }

    [Fact]
    public async Task Every_commit_reaches_the_disk_and_no_setting_file_can_change_that()
    {
        await using (await _folder.StartAsync())
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "local.conf"), "fsync = off\nsynchronous_commit = off\nwork_mem = '17MB'\n");
            File.SetUnixFileMode(Path.Combine(_folder.Cluster, "local.conf"), (UnixFileMode)0b110_100_100);
        }

        await using var postgres = await _folder.StartAsync();
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
            (await SettingAsync(postgres, setting)).ShouldBe("on", setting);
        (await SettingAsync(postgres, "work_mem")).ShouldBe("17MB");
    }

    [Fact]
    public async Task Text_time_and_order_are_the_same_on_every_machine()
    {
        await using var postgres = await _folder.StartAsync();

        (await SettingAsync(postgres, "server_encoding")).ShouldBe("UTF8");
        (await SettingAsync(postgres, "TimeZone")).ShouldBe("UTC");
        (await SettingAsync(postgres, "lc_collate")).ShouldBe("C");
        (await Sql.ScalarAsync<string>(postgres.OwnerConnectionString, "SELECT lower('ÉCLAIR')")).ShouldBe("éclair");
    }

    [Fact]
    public async Task Nothing_listens_on_the_network()
    {
        await using var postgres = await _folder.StartAsync();

        (await SettingAsync(postgres, "listen_addresses")).ShouldBe("");
    }

    [Fact]
    public async Task Without_the_password_nobody_gets_in_and_the_superuser_has_none()
    {
        await using var postgres = await _folder.StartAsync();

        foreach (var (user, password) in ((string, string)[])[("billing_owner", "guess"), ("billing_bootstrap", "guess"), ("postgres", "")])
        {
            var other = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString) { Username = user, Password = password }.ConnectionString;
            await Should.ThrowAsync<NpgsqlException>(() => Sql.ScalarAsync<int>(other, "SELECT 1"), user);
        }
    }

    [Fact]
    public async Task What_other_users_could_read_is_closed_to_them()
    {
        await using var postgres = await _folder.StartAsync();
        var socketFolder = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString).Host!;
        const UnixFileMode Others = (UnixFileMode)0b000_111_111;

        foreach (var path in (string[])[_folder.Path, _folder.Cluster, Path.Combine(_folder.Path, "postgres-secrets.json"), socketFolder])
            (File.GetUnixFileMode(path) & Others).ShouldBe((UnixFileMode)0, path);
        Linux.Identify($"/proc/{postgres.ProcessId}")!.Value.Owner.ShouldNotBe(0u);
    }

    [Fact]
    public async Task A_second_start_finds_the_data_and_a_stopped_one_leaves_no_process()
    {
        await using (var first = await _folder.StartAsync())
            await Sql.RunAsync(first.OwnerConnectionString, "CREATE TABLE kept AS SELECT 7 AS value");
        ServerProcesses.In(_folder.Cluster).ShouldBeEmpty();

        await using var second = await _folder.StartAsync();
        (await Sql.ScalarAsync<int>(second.OwnerConnectionString, "SELECT value FROM kept")).ShouldBe(7);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"role":"billing_owner","password":"from another backup"}""")]
    [InlineData("{ half a fi")]
    public async Task A_lost_or_wrong_secret_is_replaced_and_the_data_stays(string? secret)
    {
        await using (var first = await _folder.StartAsync())
            await Sql.RunAsync(first.OwnerConnectionString, "CREATE TABLE kept AS SELECT 7 AS value");
        var file = Path.Combine(_folder.Path, "postgres-secrets.json");
        File.Delete(file);
        if (secret is not null) await File.WriteAllTextAsync(file, secret);

        await using var second = await _folder.StartAsync();
        (await Sql.ScalarAsync<int>(second.OwnerConnectionString, "SELECT value FROM kept")).ShouldBe(7);
    }

    [Fact]
    public async Task A_cancelled_start_leaves_neither_a_process_nor_the_lock()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await using var never = await EmbeddedPostgres.StartAsync(
                new EmbeddedPostgresOptions { DataFolder = _folder.Path, DataVersion = 1 }, cancelled.Token);
            await Task.Delay(Timeout.Infinite, cancelled.Token);
        });

        await using var postgres = await _folder.StartAsync();
        (await Sql.ScalarAsync<int>(postgres.OwnerConnectionString, "SELECT 1")).ShouldBe(1);
    }

    static Task<string> SettingAsync(EmbeddedPostgres postgres, string name) =>
        Sql.ScalarAsync<string>(postgres.OwnerConnectionString, $"SELECT current_setting('{name}')");
}
