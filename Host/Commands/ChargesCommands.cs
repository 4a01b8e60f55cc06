using System.CommandLine;
using Billing.Invoicing.CommandLine;

namespace Billing.Host.Commands;

/// <summary><c>billing charges</c>: pure recurring-charge slices, no database.</summary>
internal static class ChargesCommands
{
    public static Command Build()
    {
        var command = new Command("charges", "Computes what recurring charges come to: JSON Lines on standard input, slices on standard output.");
        command.SetAction((_, cancellationToken) =>
        {
            using var services = new StreamReader(Console.OpenStandardInput());
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
            return Task.FromResult(ChargesCommand.Run(services, output, cancellationToken));
        });
        return command;
    }
}
