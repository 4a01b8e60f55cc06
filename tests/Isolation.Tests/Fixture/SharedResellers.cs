namespace Billing.Isolation.Tests.Fixture;

[CollectionDefinition(Name)]
public sealed class SharedResellers : ICollectionFixture<TwoResellers>
{
    public const string Name = "two resellers";
}
