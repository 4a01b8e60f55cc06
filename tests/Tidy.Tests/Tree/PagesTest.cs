namespace Billing.Tidy.Tests.Tree;

/// <summary>Pages of all modules stand in one tree when the app runs.</summary>
public sealed class PagesTest
{
    // Of two pages at the same place one is never found, and nothing says so.
    [Fact]
    public void No_two_modules_have_a_page_at_the_same_place() =>
        Repository.Files.Where(f => f.EndsWith(".cshtml", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("_View", StringComparison.Ordinal) && f.Contains("/Pages/", StringComparison.Ordinal))
            .GroupBy(f => f[f.IndexOf("/Pages/", StringComparison.Ordinal)..]).Where(same => same.Count() > 1).Select(same => string.Join(" and ", same)).ShouldBeEmpty();
}
