namespace Billing.Tidy.Tests.Schema;

/// <summary>
/// One database for all tests of the schema, one test at a time: what one of them writes the next one
/// may find.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MigratedDatabaseGroup : ICollectionFixture<MigratedDatabase>
{
    internal const string Name = "migrated database";
}
