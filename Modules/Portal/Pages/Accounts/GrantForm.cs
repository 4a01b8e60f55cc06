using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Portal.Grants;

namespace Billing.Portal.Pages.Accounts;

/// <summary>What somebody is to see of an account, as it is chosen on the page.</summary>
internal sealed class GrantForm
{
    public const string Every = "every";
    public const string Some = "some";

    /// <summary>A contact of the account; 0 for somebody from outside.</summary>
    public long Contact { get; set; }

    /// <summary>Of somebody from outside.</summary>
    public string? Name { get; set; }

    /// <summary>Of somebody from outside.</summary>
    public string? Email { get; set; }

    public string Role { get; set; } = PortalRole.Owner;

    public string Numbers { get; set; } = Every;

    /// <summary>Services that were ticked.</summary>
    public List<long> Services { get; set; } = [];

    /// <summary>Single numbers, one a line.</summary>
    public string? Typed { get; set; }

    public int Version { get; set; }

    public static GrantForm Of(PortalGrant grant) => new()
    {
        Contact = grant.ContactId ?? 0,
        Role = grant.Role,
        Numbers = grant.SeesAllNumbers ? Every : Some,
        Services = [.. grant.Numbers.Where(n => n.Number == 0).Select(n => n.Service.Value)],
        Typed = string.Join('\n', grant.Numbers.Where(n => n.Number != 0).Select(n => NumberText.Show((ulong)n.Number))),
        Version = grant.Version,
    };

    /// <summary>Services and numbers that were chosen. A number that was typed has to be the account's.</summary>
    public Result<IReadOnlyList<NumberGrant>> Chosen(IReadOnlyList<StoredAssignment> assignments, string country)
    {
        if (Numbers == Every) return Result.Of<IReadOnlyList<NumberGrant>>([]);
        var chosen = Services.Distinct().Select(id => new NumberGrant(new ServiceId(id), 0)).ToList();
        foreach (var line in (Typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NumberText.Parse(line, country).TryGet(out var number, out var wrong)) return wrong with { Field = "typed" };
            // Whoever had it before: calls stay with the service they were made on.
            var owners = assignments.Where(a => a.Block.Circuit is null && a.Block.First <= number.Digits && number.Digits <= a.Block.Last).Select(a => a.Service).Distinct().ToList();
            if (owners.Count == 0)
                return new Failure("portal.not-their-number", string.Create(CultureInfo.InvariantCulture, $"{NumberText.Show(number.Digits)} is not a number of this account.")) { Field = "typed" };
            chosen.AddRange(owners.Select(service => new NumberGrant(service, (long)number.Digits)));
        }
        return Result.Of<IReadOnlyList<NumberGrant>>([.. chosen.Distinct()]);
    }

    /// <summary>The member of this form that a field is.</summary>
    public static string MemberOf(string? field) => field switch
    {
        "role" => "Form.Role",
        "numbers" => "Form.Numbers",
        "typed" => "Form.Typed",
        "email" or "person" => "Form.Email",
        "name" => "Form.Name",
        _ => "",
    };
}
