using System.CommandLine;
using Billing.Usage.Archives;
using Billing.Usage.Import;
using Billing.Usage.Uploads;

namespace Billing.Host.Commands;

/// <summary><c>billing import FILE...</c>: carriers' files into the database.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "Carriers' files, in the order they came; archives (zip, gz, tar, 7z, rar) are opened.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--format") { Description = "The format, when it should not be recognised.", HelpName = "ID" };
        var kind = new Option<string?>("--kind") { Description = "What the files are, when their names and formats do not say it: daily, monthly, reconciliation, recurring.", HelpName = "KIND" };
        var month = new Option<DateOnly?>("--month") { Description = "Any day of the month that the files cover, when they do not say it.", HelpName = "YYYY-MM-DD" };
        var release = new Option<string?>("--release") { Description = "The reason to take them in although a guard would hold them; it is kept.", HelpName = "WHY" };
        var tenant = CommonOptions.Tenant();
        var command = new Command("import", "Takes carriers' files in: one JSON object a file; exit code 1 when one was refused or holds errors.") { files, format, kind, month, release, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            if (!FileStatement.Of(result.GetValue(kind), result.GetValue(month), null).TryGet(out var stated, out var misstated)) throw new UsageException(misstated.Code, misstated.Message);
            var import = new LocalImport(installation.Database, installation.Plugins.Formats, new UploadFolder(installation.DataFolder), new ArchiveLimits(), installation.Clock) { Stated = stated, ReleasedWhy = result.GetValue(release) };
            var isClean = true;
            foreach (var path in result.GetValue(files)!)
            {
                if (!File.Exists(path)) throw new UsageException("import.no-file", $"There is no file '{path}'.");
                await foreach (var (name, outcome) in import.ImportAsync(owner, path, result.GetValue(format), cancellationToken))
                {
                    if (outcome.TryGet(out var file, out var failure))
                    {
                        isClean &= !file.Calls.ContainsKey("error");
                        JsonOut.Write(new { file.Name, file.FileId, file.Format, Kind = file.Kind.ToString().ToLowerInvariant(), file.Lines, file.Skipped, file.Calls, file.Superseded });
                    }
                    else
                    {
                        isClean = false;
                        JsonOut.Write(new { Name = name, Error = failure.Code, failure.Message });
                    }
                }
            }
            return isClean ? 0 : 1;
        });
        return command;
    }
}
