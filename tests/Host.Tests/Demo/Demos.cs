using Billing.Host.Demo;

namespace Billing.Host.Tests.Demo;

/// <summary>The demo of the seed that ships, made once for all tests.</summary>
static class Demos
{
    public const ulong Seed = 2026;

    public static DemoReseller Reseller { get; } = DemoReseller.Make(Seed);

    public static DemoTraffic Traffic { get; } = DemoTraffic.Make(Reseller);

    public static DemoExpectations Expected { get; } = Traffic.Expect(Reseller);
}
