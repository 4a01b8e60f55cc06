using Billing.Tenancy.Data.Embedded;

namespace Billing.Tenancy.Tests.Embedded;

public sealed class ServerBinariesTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("billing-binaries-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_new_cluster_gets_the_newest_version_from_Debians_places_and_PATH()
    {
        Install("debian/15/bin", "15.18 (Debian 15.18-0+deb12u1)");
        Install("debian/9.6/bin", "9.6.24");
        var path = Install("elsewhere", "18beta1");
        Directory.CreateDirectory(Path.Combine(_root, "debian/17/bin"));

        Choose(null, path: $"/nowhere:{path}").ShouldBe(new ServerBinaries(path, 18));
        Choose(null, path: null).Major.ShouldBe(15);
    }

    [Fact]
    public void An_existing_cluster_gets_exactly_its_own_version()
    {
        Install("debian/15/bin", "15.18");
        Install("debian/17/bin", "17.6");

        Choose(15, path: null).Major.ShouldBe(15);
        var refusal = Should.Throw<EmbeddedPostgresException>(() => Choose(16, path: null));
        refusal.Code.ShouldBe("database.server-version");
        refusal.Message.ShouldContain("made by PostgreSQL 16, and the server programs found here are of version 17, 15");
    }

    [Fact]
    public void A_machine_without_a_usable_server_is_told_which_package_to_install()
    {
        Install("debian/14/bin", "14.9");

        var refusal = Should.Throw<EmbeddedPostgresException>(() => Choose(null, path: "/nowhere"));

        refusal.Code.ShouldBe("database.no-server");
        refusal.Message.ShouldContain("postgresql-15");
    }

    [Fact]
    public void A_folder_chosen_by_hand_stands_alone_and_a_wrong_one_is_named()
    {
        Install("debian/17/bin", "17.6");
        var chosen = Install("my own", "16.1");

        ServerBinaries.Candidates(chosen, Path.Combine(_root, "debian"), path: null).ShouldBe([new ServerBinaries(chosen, 16)]);
        Should.Throw<EmbeddedPostgresException>(() => ServerBinaries.Candidates("/nowhere", Path.Combine(_root, "debian"), path: null))
            .Message.ShouldContain("BILLING_POSTGRES_BIN is /nowhere");
    }

    ServerBinaries Choose(int? major, string? path) =>
        ServerBinaries.Choose(major, "/data/postgres", ServerBinaries.Candidates(null, Path.Combine(_root, "debian"), path));

    string Install(string folder, string version)
    {
        var path = Path.Combine(_root, folder);
        Directory.CreateDirectory(path);
        foreach (var program in (string[])["postgres", "initdb"])
        {
            var file = Path.Combine(path, program);
            File.WriteAllText(file, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        }
        return path;
    }
}
