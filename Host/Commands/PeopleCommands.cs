using System.CommandLine;
using Billing.Tenancy;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Host.Commands;

/// <summary><c>billing people add</c>: the first person of a tenant, or an operator, from where the data is.</summary>
internal static class PeopleCommands
{
    public static Command Build()
    {
        var email = new Option<string>("--email") { Description = "Email address; they sign in with it.", HelpName = "ADDRESS", Required = true };
        var name = new Option<string>("--name") { Description = "As screens and the audit trail name them.", HelpName = "NAME", Required = true };
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", Role.OfTenants)}. An operator needs none.", HelpName = "ROLE", DefaultValueFactory = _ => Role.Admin };
        var isOperator = new Option<bool>("--operator") { Description = "An operator of the installation instead of a tenant's person." };
        var url = new Option<string>("--url") { Description = "Where the web app is found.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var tenant = CommonOptions.Tenant();
        var add = new Command("add", "Adds a person and prints the link that sets their password: good once, for 24 hours. Again for somebody who has not set one yet: a new link.") { email, name, role, isOperator, tenant, url };
        add.SetAction(async (result, cancellationToken) =>
        {
            if (result.GetValue(isOperator) && result.GetValue(tenant) is not null) throw new UsageException("people.where", "Say --tenant NAME or --operator, not both.");
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var house = result.GetValue(isOperator)
                ? await new TenantDirectory(installation.Database).GetAsync(TenantId.Installation, cancellationToken)
                : await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            var first = new FirstPeople(installation.Database, installation.Clock);
            var link = await first.InviteAsync(house, result.GetValue(email)!, result.GetValue(name)!, result.GetValue(isOperator) ? Role.Operator : result.GetValue(role)!, new Uri(result.GetValue(url)!), cancellationToken);
            if (!link.TryGet(out var address, out var failure)) throw new UsageException(failure.Code, failure.Message);
            Console.Out.WriteLine(address);
            return 0;
        });
        return new Command("people", "Who may sign in.") { add };
    }
}
