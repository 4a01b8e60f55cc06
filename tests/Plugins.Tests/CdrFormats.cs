using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Abstractions.Testing;
using Billing.Plugins.Asterisk;
using Billing.Plugins.Avaya;
using Billing.Plugins.BroadWorks;
using Billing.Plugins.BtBill;
using Billing.Plugins.Cisco;
using Billing.Plugins.FreeSwitch;
using Billing.Plugins.Gamma;
using Billing.Plugins.IsdnNl;
using Billing.Plugins.MobileCsv;
using Billing.Plugins.OpenSips;
using Billing.Plugins.PartialCsv;
using Billing.Plugins.Softswitch;
using Billing.Plugins.Tap;
using Billing.Plugins.Teams;
using Billing.Plugins.ThreeCx;
using Billing.Plugins.UkPrerated;

namespace Billing.Plugins.Tests;

/// <summary>Every plugin's CDR formats with the usual settings, and their samples. A new plugin is one line here.</summary>
static class CdrFormats
{
    private static readonly IPlugin[] Plugins =
    [
        new AsteriskPlugin(), new AvayaPlugin(), new BroadWorksPlugin(), new BtBillPlugin(), new CiscoPlugin(), new FreeSwitchPlugin(), new GammaPlugin(),
        new IsdnNlPlugin(), new MobileCsvPlugin(), new OpenSipsPlugin(), new PartialCsvPlugin(), new SoftswitchPlugin(), new TapPlugin(), new TeamsPlugin(), new ThreeCxPlugin(),
        new UkPreratedPlugin(),
    ];

    private static readonly (ICdrFormat Format, string Folder)[] All = [.. Plugins.SelectMany(plugin => FormatsOf(plugin, []).Select(format => (format, FolderOf(plugin))))];

    public static IEnumerable<string> Ids => All.Select(one => one.Format.Info.Id);

    /// <summary>Each sample with the format of its plugin that is surest of it.</summary>
    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string>();
            foreach (var (format, folder) in All)
                foreach (var path in CdrApproval.SamplesIn(folder))
                    if (BestIn(folder, CdrSampleFile.From(path)) == format) samples.Add(format.Info.Id, Path.GetFileName(path));
            return samples;
        }
    }

    public static ICdrFormat Of(string id) => All.Single(one => one.Format.Info.Id == id).Format;

    /// <summary>The same with other settings.</summary>
    public static ICdrFormat Of(string id, Dictionary<string, string> settings) =>
        Plugins.SelectMany(plugin => FormatsOf(plugin, settings)).Single(format => format.Info.Id == id);

    public static string PathOf(string id, string sample) => Path.Combine(All.Single(one => one.Format.Info.Id == id).Folder, sample);

    public static IEnumerable<CdrSampleFile> StrangersTo(string id)
    {
        foreach (var folder in All.Select(one => one.Folder).Distinct())
            foreach (var sample in CdrApproval.SamplesIn(folder).Select(CdrSampleFile.From))
                if (BestIn(folder, sample).Info.Id != id) yield return sample;
    }

    private static ICdrFormat BestIn(string folder, CdrSampleFile sample) => All.Where(one => one.Folder == folder)
        .MaxBy(one => one.Format.Recognise(CdrSample.Of(sample.Name, sample.Content.Span, isWhole: true))).Format;

    private static string FolderOf(IPlugin plugin) =>
        Path.Combine(Repository.Root, "Plugins", "Cdr", plugin.GetType().Name[..^"Plugin".Length], "Samples");

    private static List<ICdrFormat> FormatsOf(IPlugin plugin, Dictionary<string, string> settings)
    {
        var registry = new Registry(settings);
        plugin.Register(registry);
        return registry.Formats;
    }

    private sealed class Registry(Dictionary<string, string> settings) : IPluginRegistry
    {
        public List<ICdrFormat> Formats { get; } = [];

        public IReadOnlyDictionary<string, string> Settings { get; } = settings;

        public void AddCdrFormat(ICdrFormat format) => Formats.Add(format);
    }
}
