using Billing.Rating.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Engine;

/// <summary>The flattened table finds what a plain search finds.</summary>
public class LookupProperties
{
    // Few different digits, so that prefixes nest deeply and numbers share long beginnings and end in zeros.
    private static readonly Gen<string> digits =
        from head in Gen.Elements("1", "2", "9")
        from length in Gen.Choose(0, 14)
        from tail in Gen.ArrayOf(Gen.Elements('0', '0', '1', '9'), length)
        select head + new string(tail);

    [Fact]
    [Trait("feature", "N2")]
    public void N2_the_longest_prefix_is_the_one_a_plain_search_finds()
    {
        var decks = digits.ListOf().Select(list => list.Distinct().ToArray());
        Prop.ForAll(decks.ToArbitrary(), digits.ListOf(50).ToArbitrary(), (prefixes, numbers) =>
        {
            var table = new PrefixTable(prefixes, out var parents);
            for (var i = 0; i < prefixes.Length; i++)
                Text(prefixes, parents[i]).ShouldBe(Longest(prefixes.Where(p => p != prefixes[i]), prefixes[i]));
            foreach (var number in numbers)
            {
                var found = table.Find(ulong.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out var digitCount);
                digitCount.ShouldBe(number.Length);
                while (found >= 0 && prefixes[found].Length > digitCount) found = parents[found];
                Text(prefixes, found).ShouldBe(Longest(prefixes, number));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("feature", "N2")]
    public void N2_a_big_deck_with_its_five_digit_index_agrees_too()
    {
        var random = new Random(20_261_121);
        var prefixes = Enumerable.Range(0, 30_000).Select(_ => RandomDigits(random, 1, 9)).Distinct().ToArray();
        var known = prefixes.ToHashSet();
        var table = new PrefixTable(prefixes, out var parents);
        for (var i = 0; i < 50_000; i++)
        {
            var number = RandomDigits(random, 7, 15);
            var found = table.Find(ulong.Parse(number, System.Globalization.CultureInfo.InvariantCulture), out var digitCount);
            while (found >= 0 && prefixes[found].Length > digitCount) found = parents[found];
            var expected = Enumerable.Range(1, Math.Min(9, number.Length)).Select(n => number[..n]).LastOrDefault(known.Contains);
            if (Text(prefixes, found) != expected) Text(prefixes, found).ShouldBe(expected, number);
        }
    }

    [Fact]
    public void Digits_are_counted_right_at_every_power_of_ten()
    {
        for (var (power, count) = (1UL, 1); count <= 15; power *= 10, count++)
        {
            PrefixTable.CountDigits(power).ShouldBe(count);
            PrefixTable.CountDigits(power * 10 - 1).ShouldBe(count);
        }
    }

    private static string? Text(string[] prefixes, int position) => position < 0 ? null : prefixes[position];

    private static string? Longest(IEnumerable<string> prefixes, string number) =>
        prefixes.Where(prefix => number.StartsWith(prefix, StringComparison.Ordinal)).MaxBy(prefix => prefix.Length);

    private static string RandomDigits(Random random, int shortest, int longest)
    {
        var text = new char[random.Next(shortest, longest + 1)];
        for (var i = 0; i < text.Length; i++) text[i] = (char)('0' + random.Next(i == 0 ? 1 : 0, 10));
        return new string(text);
    }
}
