using Billing.Host.Demo;

namespace Billing.Host.Tests.Demo;

public sealed class DemoRandomTests
{
    [Fact]
    public void A_seed_and_a_stream_give_one_sequence_for_ever()
    {
        var one = new DemoRandom(42, "calls");
        var same = new DemoRandom(42, "calls");
        Enumerable.Range(0, 1000).Select(_ => one.Next()).ShouldBe(Enumerable.Range(0, 1000).Select(_ => same.Next()));
        new DemoRandom(42, "names").Next().ShouldNotBe(new DemoRandom(42, "calls").Next());
        new DemoRandom(43, "calls").Next().ShouldNotBe(new DemoRandom(42, "calls").Next());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_value_below_a_bound_turns_up_and_none_beyond(int bound)
    {
        var random = new DemoRandom(1, "test");
        var values = Enumerable.Range(0, bound * 30).Select(_ => random.Below(bound)).ToHashSet();
        values.Count.ShouldBe(bound);
        values.Max().ShouldBe(bound - 1);
    }

    [Fact]
    public void A_weight_of_nothing_is_never_picked()
    {
        var random = new DemoRandom(1, "test");
        Enumerable.Range(0, 500).Select(_ => random.PickByWeight([0, 3, 0, 1])).Distinct().Order().ShouldBe([1, 3]);
    }
}
