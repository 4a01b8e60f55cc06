namespace Billing.Templates.Tests;

/// <summary>Pages somebody has looked at. What differs is written beside them as <c>*.received.html</c>, to compare and, if right, to rename.</summary>
static class Approved
{
    public static void ShouldMatch(string name, string received)
    {
        var approvedFile = Repository.File("tests", "Templates.Tests", "Approved", name + ".html");
        var receivedFile = Path.ChangeExtension(approvedFile, ".received.html");
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : "";
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, received);
        var line = approved.Split('\n').Zip(received.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        Assert.Fail($"{receivedFile} differs from the approved page at line {line}. Look at it; if it is right, let it replace {Path.GetFileName(approvedFile)}.");
    }
}
