using Billing.Tenancy.Data.Embedded;
using Xunit.Abstractions;

namespace Billing.Tenancy.Tests.Embedded;

[Trait("needs", "postgres")]
public sealed class OrdinaryUserTests(ITestOutputHelper output) : IDisposable
{
    const int Nobody = 65534;

    readonly string _home = Directory.CreateTempSubdirectory("billing-ordinary-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task An_ordinary_user_runs_the_server_as_itself()
    {
        var (programs, prefix) = AsNobody();

        using var host = await HostProcess.StartAsync(Path.Combine(_home, "data"), programs, prefix);

        Linux.Identify($"/proc/{host.ServerProcessId}")!.Value.Owner.ShouldBe(prefix is null ? Linux.UserId : Nobody);
        (await host.StopAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Root_runs_an_ordinary_users_database_as_that_user()
    {
        if (IsOrdinary()) return;
        var (programs, prefix) = AsNobody();
        using (var host = await HostProcess.StartAsync(Path.Combine(_home, "data"), programs, prefix)) await host.StopAsync();

        using (var asRoot = await HostProcess.StartAsync(Path.Combine(_home, "data")))
        {
            Linux.Identify($"/proc/{asRoot.ServerProcessId}")!.Value.Owner.ShouldBe((uint)Nobody);
            await asRoot.StopAsync();
        }
    }

    [Fact]
    public async Task An_ordinary_user_is_told_whose_database_it_is()
    {
        if (IsOrdinary()) return;
        var (programs, prefix) = AsNobody();
        using (var asRoot = await HostProcess.StartAsync(Path.Combine(_home, "data"))) await asRoot.StopAsync();
        Linux.ChangeOwner(Path.Combine(_home, "data"), Nobody, Nobody);
        Linux.ChangeOwner(Path.Combine(_home, "data/billing.lock"), Nobody, Nobody);

        using var host = HostProcess.Launch(Path.Combine(_home, "data"), programs, prefix);
        var (exitCode, errors) = await host.StopAsync();

        // Where the server runs as nobody for want of a user postgres, it is theirs after all.
        if (ServerUser.For(Path.Combine(_home, "new")).Id == Nobody) return;
        exitCode.ShouldBe(1);
        errors.ShouldStartWith("database.other-user: The database in");
        errors.ShouldContain("belongs to the user postgres, and Billing runs as nobody");
    }

    bool IsOrdinary()
    {
        if (Linux.UserId != 0) output.WriteLine("Not run: it takes root to become somebody else.");
        return Linux.UserId != 0;
    }

    /// <summary>The host's programs where nobody can read them, and the command that makes a process theirs; as we are when not root.</summary>
    (string? Programs, string[]? Prefix) AsNobody()
    {
        if (Linux.UserId != 0) return (null, null);

        const UnixFileMode Everybody = (UnixFileMode)0b111_101_101;
        Linux.ChangeOwner(_home, Nobody, Nobody);
        File.SetUnixFileMode(_home, Everybody);
        var programs = Directory.CreateDirectory(Path.Combine(_home, "programs"), Everybody).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(programs, Path.GetFileName(file)));
        return (programs, ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "env", $"HOME={_home}"]);
    }
}
