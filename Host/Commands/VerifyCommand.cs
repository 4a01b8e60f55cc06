using System.CommandLine;
using Billing.Invoicing.Verification;
using Billing.Tenancy.Tenants;

namespace Billing.Host.Commands;

/// <summary><c>billing verify</c>: adds everything up again.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var tenant = CommonOptions.Tenant();
        var command = new Command("verify", "Checks the books: lines, numbers, ledger, documents. One JSON object a finding; exit code 1 when there is one.") { tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var slug = result.GetValue(tenant);
            var tenants = (await new TenantDirectory(installation.Database).ListAsync(cancellationToken)).Where(t => slug is null || t.Slug == slug).ToList();
            if (slug is not null && tenants.Count == 0) throw new UsageException("tenant.unknown", $"There is no tenant '{slug}'.");
            var found = 0;
            foreach (var name in tenants)
            {
                await using var db = await installation.Database.BeginAsync(name.Id, cancellationToken);
                foreach (var finding in await BooksCheck.RunAsync(db, cancellationToken))
                {
                    found++;
                    JsonOut.Write(new { Tenant = name.Slug, finding.Code, finding.Message });
                }
            }
            Console.Error.WriteLine(found == 0 ? $"{tenants.Count} tenant(s) checked: everything adds up." : $"{found} finding(s).");
            return found == 0 ? 0 : 1;
        });
        return command;
    }
}
