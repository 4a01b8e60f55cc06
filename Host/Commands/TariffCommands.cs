using System.CommandLine;
using Billing.Rating.RateCards;

namespace Billing.Host.Commands;

/// <summary><c>billing tariff publish</c>: a tariff document, or one with its rates from a carrier's sheet, into a tenant's shelf.</summary>
internal static class TariffCommands
{
    public static Command Build() => new("tariff", "What calls are priced by.") { Publish() };

    private static Command Publish()
    {
        var file = new Argument<string>("FILE.json") { Description = "The tariff document (docs/tariffs.md); with --rates, the frame that the sheet's rates go into." };
        var rates = new Option<string?>("--rates") { Description = "A rate sheet whose rates replace the document's.", HelpName = "FILE.csv|FILE.xlsx" };
        var code = new Option<string>("--code") { Description = "Which tariff; 'default' prices accounts without one of their own.", HelpName = "CODE", DefaultValueFactory = _ => TariffShelf.DefaultCode };
        var tenant = CommonOptions.Tenant();
        var command = new Command("publish", "Publishes the next version of a tariff. Everything that is wrong is listed, and nothing is stored then (exit code 1).") { file, rates, code, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            var path = Existing(result.GetValue(file)!);
            var document = await File.ReadAllTextAsync(path, cancellationToken);
            var isDifference = TariffInheritance.BaseOf(document) is not null;
            if (!isDifference)
            {
                var reading = TariffReader.Read(document);
                if (!reading.IsAccepted) return Refuse(path, reading);
                if (result.GetValue(rates) is { } sheet)
                {
                    reading = RateSheet.Read(await File.ReadAllBytesAsync(Existing(sheet), cancellationToken), reading.Tariff, RateSheetMode.Replace);
                    if (!reading.IsAccepted) return Refuse(sheet, reading);
                }
                document = TariffWriter.Write(reading.Tariff);
            }
            else if (result.GetValue(rates) is not null)
                throw new UsageException("tariff.sheet-for-differences", $"'{path}' says only what differs from another tariff; a sheet that takes the place of its rates would be the whole of it. Leave out --rates, or basedOn.");

            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            if (isDifference && await TariffBook.ReadAsync(db, document, cancellationToken) is { IsAccepted: false } refused) return Refuse(path, refused);
            var id = await TariffShelf.PublishAsync(db, result.GetValue(code)!, document, installation.Clock.GetUtcNow(), cancellationToken);
            var shelved = (await TariffShelf.LoadAsync(db, cancellationToken)).Find(id)!;
            await db.CommitAsync(cancellationToken);
            JsonOut.Write(new { shelved.Code, shelved.Version, shelved.Compiled.Tariff.Name, Rates = shelved.Compiled.Tariff.Rates.Count });
            return 0;
        });
        return command;
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new UsageException("tariff.no-file", $"There is no file '{path}'.");

    private static int Refuse(string path, TariffReading reading)
    {
        foreach (var error in reading.Errors) Console.Error.WriteLine($"{path}: {error}");
        return 1;
    }
}
