using System.Xml.Linq;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Billing.Access.Identity;

/// <summary>Keeps the keys of data protection in the database, so that what one web host signed another can read. They are the installation's rows.</summary>
internal sealed class KeyRows(Database database, TimeProvider clock) : IXmlRepository
{
    // The framework asks without await, at the first use and when a key is about to expire.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(async () =>
    {
        await using var db = await database.BeginAsync(TenantId.Installation);
        return await db.QueryAsync($"select element from tenancy.signing_key order by created_at, name", row => XElement.Parse(row.Text(0)));
    }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(async () =>
    {
        await using var db = await database.BeginAsync(TenantId.Installation);
        await db.ExecuteAsync($"insert into tenancy.signing_key (name, element, created_at) values ({friendlyName}, {element.ToString(SaveOptions.DisableFormatting)}, {clock.GetUtcNow().UtcDateTime})");
        await db.CommitAsync();
    }).GetAwaiter().GetResult();
}
