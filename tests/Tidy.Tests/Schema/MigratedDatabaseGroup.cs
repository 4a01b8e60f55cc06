namespace Billing.Tidy.Tests.Schema;

/// <summary>
/// One database for all tests of the schema, one test at a time: <c>billing_app</c> is a role of the whole server, and its password
/// would change under the others with every further database.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MigratedDatabaseGroup : ICollectionFixture<MigratedDatabase>
{
    internal const string Name = "migrated database";
}
