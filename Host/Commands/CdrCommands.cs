using System.CommandLine;
using Billing.Host.Plugins;
using Billing.Usage.Import;

namespace Billing.Host.Commands;

/// <summary><c>billing cdr formats</c> and <c>billing cdr parse</c>: carriers' files without a database.</summary>
internal static class CdrCommands
{
    public static Command Build()
    {
        var formats = new Command("formats", "The formats there are, and what recognises them.");
        formats.SetAction(_ =>
        {
            CdrFormatList.Write(LoadFormats(), Console.Out);
            return 0;
        });

        var file = new Argument<string>("FILE") { Description = "A carrier's file." };
        var format = new Option<string?>("--format") { Description = "The format, when it should not be recognised.", HelpName = "ID" };
        var parse = new Command("parse", "One JSON object per record on standard output, a summary as the last line on standard error.") { file, format };
        parse.SetAction(result =>
        {
            using var output = Console.OpenStandardOutput();
            return new CdrParse(LoadFormats(), output, Console.Error).Run(result.GetValue(file)!, result.GetValue(format));
        });
        return new Command("cdr", "Carriers' call detail records.") { formats, parse };
    }

    private static CdrFormatCatalog LoadFormats()
    {
        var plugins = PluginHost.Load(Home.File("plugins.json"));
        foreach (var plugin in plugins.Plugins.Where(p => p.State == PluginState.Quarantined)) Console.Error.WriteLine($"plugin {plugin.Entry.Id} is switched off: {plugin.Reason}");
        return plugins.Formats;
    }
}
