namespace Billing.Plugins.Tests;

/// <summary>Tables that a test has to show: <c>./test</c> prints them after the run.</summary>
static class Table
{
    public static void Write(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "tables")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".txt"), text.TrimEnd() + "\n");
    }
}
