using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Host.Plugins;
using Billing.Usage.Import;
using Loader = Billing.Host.Plugins.PluginHost;

namespace Billing.PluginHost.Tests;

public sealed class QuarantineTests : IDisposable
{
    private readonly PluginFolders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public void A_faulty_plugin_is_named_with_its_reason_and_the_others_work()
    {
        var host = Loader.Load(folders
            .With("thrower", "Plugins/ThrowsInConstructor")
            .With("tomorrow", "Plugins/OtherContract")
            .With("bare", "Plugins/NeedsLibrary").Without("bare", "Fixtures.CarrierLibrary.dll")
            .Listing("nowhere", "not/there")
            .With("asleep", "Plugins/Working", enabled: false)
            .With("works", "Plugins/Working")
            .With("complete", "Plugins/NeedsLibrary")
            .Listing("works", "works")
            .Manifest);

        host.Plugins.Select(p => (p.Entry.Id, p.State)).ShouldBe(
        [
            ("thrower", PluginState.Quarantined), ("tomorrow", PluginState.Quarantined), ("bare", PluginState.Quarantined), ("nowhere", PluginState.Quarantined),
            ("asleep", PluginState.Disabled), ("works", PluginState.Loaded), ("complete", PluginState.Loaded), ("works", PluginState.Quarantined),
        ]);
        host.Plugins[0].Reason.ShouldBe("It threw InvalidOperationException: the licence file is not there");
        host.Plugins[1].Reason.ShouldNotBeNull().ShouldStartWith("It was built against version 99.0 of the contract; this host has 1.1.");
        host.Plugins[1].Contract.ShouldBe(new Version(99, 0, 0, 0));
        host.Plugins[2].Reason.ShouldBe("It needs Fixtures.CarrierLibrary, which is not in its folder. Publish the plugin with its dependencies.");
        host.Plugins[3].Reason.ShouldBe($"There is no folder '{Path.Combine(folders.Folder, "not/there")}'.");
        host.Plugins[4].Reason.ShouldBeNull();
        host.Plugins[5].Reason.ShouldBeNull();
        host.Plugins[7].Reason.ShouldBe("Another plugin is called 'works' already.");
        host.Formats.Formats.Select(f => f.Info.Id).ShouldBe(["needs-library", "working"]);
        Read(host, "working", "60\nx\n7\n").Lines.ShouldBe(["1: 60 s", "2: cdr.bad-number: 'x' is not a number of seconds.", "3: 7 s"]);
    }

    [Fact]
    public void A_library_that_the_plugins_own_list_does_not_name_is_missed_by_name_too()
    {
        var host = Loader.Load(folders.With("bare", "Plugins/NeedsLibrary")
            .Without("bare", "Fixtures.CarrierLibrary.dll").WithoutDependencies("bare", "Fixtures.NeedsLibrary").Manifest);

        host.Plugins.Single().Reason.ShouldBe("It needs Fixtures.CarrierLibrary, which is not in its folder. Publish the plugin with its dependencies.");
    }

    [Fact]
    public void A_library_is_no_plugin_and_neither_is_an_empty_folder_nor_a_file_of_noise()
    {
        Directory.CreateDirectory(Path.Combine(folders.Folder, "empty"));
        var noise = Directory.CreateDirectory(Path.Combine(folders.Folder, "noise")).FullName;
        File.WriteAllText(Path.Combine(noise, "Noise.deps.json"), "{}");
        File.WriteAllBytes(Path.Combine(noise, "Noise.dll"), [1, 2, 3, 4]);

        var host = Loader.Load(folders.With("library", "CarrierLibrary").Listing("empty", "empty").Listing("noise", "noise").Manifest);

        host.Plugins[0].Reason.ShouldBe("It is no plugin: it does not use Billing.Abstractions.");
        host.Plugins[1].Reason.ShouldBe($"There is no built plugin in '{Path.Combine(folders.Folder, "empty")}'. Build it first.");
        host.Plugins[2].Reason.ShouldNotBeNull().ShouldStartWith("It threw BadImageFormatException: ");
    }

    [Fact]
    public void Of_two_plugins_with_the_same_format_the_first_stays()
    {
        var host = Loader.Load(folders.With("first", "Plugins/Working").With("second", "Plugins/Working").With("third", "Plugins/Working", format: "other").Manifest);

        host.Plugins.Select(p => p.State).ShouldBe([PluginState.Loaded, PluginState.Quarantined, PluginState.Loaded]);
        host.Plugins[1].Reason.ShouldNotBeNull().ShouldContain("There is a CDR format 'working' already.");
        host.Formats.Formats.Select(f => f.Info.Id).ShouldBe(["other", "working"]);
        Read(host, "working", "5\n").Lines.ShouldBe(["1: 5 s"]);
    }

    [Fact]
    public void A_format_that_fails_in_a_file_ends_that_file_with_an_answer_and_is_switched_off()
    {
        var host = Loader.Load(folders.With("fragile", "Plugins/Fragile").With("works", "Plugins/Working").Manifest);
        const string Reason = "It threw InvalidOperationException: line 3 has no end";
        var sample = CdrFormatCatalog.SampleOf("calls.fragile", "one\ntwo\nthree\n"u8);
        host.Formats.Recognise(in sample).ValueOrThrow().Info.Id.ShouldBe("fragile");

        var first = Read(host, "fragile", "one\ntwo\nthree\n");
        first.Lines.ShouldBe(["1: 0 s", "2: 0 s", $"3: plugin.failed: The plugin 'fragile' failed after line 2 and was switched off. {Reason}"]);
        first.HasEnded.ShouldBeTrue();
        (host.Plugins[0].State, host.Plugins[0].Reason).ShouldBe((PluginState.Quarantined, Reason));

        host.Formats.Recognise(in sample).TryGet(out _, out var failure).ShouldBeFalse();
        failure.Code.ShouldBe("cdr.not-recognised");
        var second = Read(host, "fragile", "one\n");
        second.Lines.ShouldBe([$"1: plugin.failed: The plugin 'fragile' is switched off, so the file was not read. {Reason}"]);
        second.HasEnded.ShouldBeTrue();
        Read(host, "working", "5\n").Lines.ShouldBe(["1: 5 s"]);
    }

    [Fact]
    public void What_the_host_itself_throws_while_a_format_reads_is_not_the_plugins_fault()
    {
        var host = Loader.Load(folders.With("works", "Plugins/Working").Manifest);
        var lost = new IOException("the database is gone");

        Should.Throw<IOException>(() => Read(host, "working", "5\n", new ReadLines { Failing = lost })).ShouldBeSameAs(lost);

        host.Plugins.Single().State.ShouldBe(PluginState.Loaded);
    }

    [Fact]
    public void A_refused_plugin_leaves_the_process()
    {
        LoadAndForget(folders.With("thrower", "Plugins/ThrowsInConstructor").With("tomorrow", "Plugins/OtherContract").Manifest);

        bool Stays() => AssemblyLoadContext.All.Any(context => context.Name is "Fixtures.ThrowsInConstructor" or "Fixtures.OtherContract");
        for (var round = 0; round < 20 && Stays(); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Stays().ShouldBeFalse();
    }

    // A frame of its own: what the just-in-time compiler keeps alive in the test's would keep the contexts.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadAndForget(string manifest) =>
        Loader.Load(manifest).Plugins.ShouldAllBe(p => p.State == PluginState.Quarantined);

    private static ReadLines Read(Loader host, string format, string content, ReadLines? sink = null)
    {
        sink ??= new ReadLines();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        host.Formats.Find(format).ValueOrThrow().Read(stream, new CdrFile("calls"), sink);
        return sink;
    }
}
