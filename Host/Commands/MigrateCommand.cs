using System.CommandLine;

namespace Billing.Host.Commands;

/// <summary><c>billing migrate</c>: brings the database up to this build and stops.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var command = new Command("migrate", "Brings the database's schema up to this build.");
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            Console.Error.WriteLine($"The database has all {Installation.Migrations.Count} schema steps of this build.");
            return 0;
        });
        return command;
    }
}
