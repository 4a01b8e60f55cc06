using System.CommandLine;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Host.Plugins;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Host.Commands;

/// <summary><c>billing cdr formats</c> and <c>billing cdr parse</c>: carriers' files without a database; and <c>billing cdr rollback</c>.</summary>
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
        var mapping = new Option<string?>("--mapping") { Description = "A described carrier to read it by: a JSON file, or the id of a ready-made description.", HelpName = "FILE|ID" };
        var parse = new Command("parse", "One JSON object per record on standard output, a summary as the last line on standard error.") { file, format, mapping };
        parse.SetAction(result =>
        {
            using var output = Console.OpenStandardOutput();
            if (result.GetValue(mapping) is not { } described) return new CdrParse(LoadFormats(), output, Console.Error).Run(result.GetValue(file)!, result.GetValue(format));
            if (!Described(described).TryGet(out var carrier, out var failure))
            {
                Console.Error.WriteLine(failure);
                return CdrParse.BadUsage;
            }
            var formats = new CdrFormatCatalog();
            formats.Add(new MappedCdrFormat(carrier));
            return new CdrParse(formats, output, Console.Error).Run(result.GetValue(file)!, carrier.Id);
        });
        return new Command("cdr", "Carriers' call detail records.") { formats, parse, RollbackCommand.Build() };
    }

    private static Result<CarrierMapping> Described(string fileOrId)
    {
        if (ReadyMappings.All.TryGetValue(fileOrId, out var ready)) return MappingReader.Read(Encoding.UTF8.GetBytes(ready));
        return File.Exists(fileOrId)
            ? MappingReader.Read(File.ReadAllBytes(fileOrId))
            : new Failure("usage.no-file", $"There is no file '{fileOrId}', and no ready-made description of that name. There are: {string.Join(", ", ReadyMappings.All.Keys)}.");
    }

    private static CdrFormatCatalog LoadFormats()
    {
        var plugins = PluginHost.Load(Home.File("plugins.json"));
        foreach (var plugin in plugins.Plugins.Where(p => p.State == PluginState.Quarantined)) Console.Error.WriteLine($"plugin {plugin.Entry.Id} is switched off: {plugin.Reason}");
        return plugins.Formats;
    }
}
