using System.CommandLine;
using Billing.Rating.CommandLine;

namespace Billing.Host.Commands;

/// <summary><c>billing rate</c>: pure pricing, no database.</summary>
internal static class RateCommands
{
    public static Command Build()
    {
        var tariff = new Option<string>("--tariff") { Description = "The tariff document (docs/tariffs.md).", HelpName = "FILE", Required = true };
        var command = new Command("rate", "Prices calls: JSON Lines on standard input, answers on standard output.") { tariff };
        command.SetAction((result, cancellationToken) =>
        {
            var path = result.GetValue(tariff)!;
            if (!File.Exists(path)) throw new UsageException("rate.no-tariff", $"There is no file '{path}'.");
            using var document = File.OpenText(path);
            using var calls = new StreamReader(Console.OpenStandardInput());
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
            return Task.FromResult(RateCommand.Run(path, document, calls, output, Console.Error, cancellationToken));
        });
        return command;
    }
}
