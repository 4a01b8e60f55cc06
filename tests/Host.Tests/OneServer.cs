namespace Billing.Host.Tests;

/// <summary>
/// Tests that open databases of their own on the one server, one at a time: <c>billing_app</c> is a role of the whole server, and each database that is opened gives it
/// another password.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OneServer
{
    public const string Name = "one server";
}
