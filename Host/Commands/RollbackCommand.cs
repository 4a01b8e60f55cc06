using System.CommandLine;
using Billing.Invoicing.Invoices;
using Billing.Usage.Register;

namespace Billing.Host.Commands;

/// <summary><c>billing cdr rollback FILE-ID --why TEXT</c>: takes a file out of the register again.</summary>
internal static class RollbackCommand
{
    public static Command Build()
    {
        var file = new Argument<long>("FILE-ID") { Description = "The file's place in the register, as 'billing import' and the list of CDR files show it." };
        var why = new Option<string>("--why") { Description = "The reason; it is kept.", HelpName = "TEXT", Required = true };
        var tenant = CommonOptions.Tenant();
        var command = new Command("rollback", "Takes a file out again while nothing of it is billed; lines of other files that it replaced come back.") { file, why, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            var outcome = await FileRollback.RunAsync(db, owner, result.GetValue(file), result.GetValue(why), new InvoiceNames(), installation.Clock.GetUtcNow(), cancellationToken);
            if (!outcome.TryGet(out var gone, out var failure)) throw new UsageException(failure.Code, failure.Message);
            await db.CommitAsync(cancellationToken);
            JsonOut.Write(new { gone.FileId, gone.Name, gone.Hash, gone.Carrier, gone.Lines, gone.LinesRestored, gone.Why });
            return 0;
        });
        return command;
    }
}
