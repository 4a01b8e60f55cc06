using System.Globalization;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>A process and everything below it, read from /proc.</summary>
static class ProcessTree
{
    public static IEnumerable<int> From(int root)
    {
        if (!Directory.Exists($"/proc/{root}")) return [];
        return ChildrenOf(root).SelectMany(From).Prepend(root);
    }

    public static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
