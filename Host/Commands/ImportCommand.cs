using System.CommandLine;
using Billing.Usage.Import;

namespace Billing.Host.Commands;

/// <summary><c>billing import FILE...</c>: carriers' files into the database.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "Carriers' files, in the order they came.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--format") { Description = "The format, when it should not be recognised.", HelpName = "ID" };
        var tenant = CommonOptions.Tenant();
        var command = new Command("import", "Takes carriers' files in: one JSON object a file; exit code 1 when one was refused or holds errors.") { files, format, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            var import = new CdrImport(installation.Database, installation.Plugins.Formats, installation.Clock);
            var isClean = true;
            foreach (var path in result.GetValue(files)!)
            {
                if (!File.Exists(path)) throw new UsageException("import.no-file", $"There is no file '{path}'.");
                var outcome = await import.ImportAsync(owner, Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellationToken), result.GetValue(format), cancellationToken);
                if (outcome.TryGet(out var file, out var failure))
                {
                    isClean &= !file.Calls.ContainsKey("error");
                    JsonOut.Write(new { file.Name, file.FileId, file.Format, Kind = file.Kind.ToString().ToLowerInvariant(), file.Lines, file.Skipped, file.Calls, file.Superseded });
                }
                else
                {
                    isClean = false;
                    JsonOut.Write(new { Name = Path.GetFileName(path), Error = failure.Code, failure.Message });
                }
            }
            return isClean ? 0 : 1;
        });
        return command;
    }
}
