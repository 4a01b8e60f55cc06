using Billing.Abstractions.Cdr;

namespace Billing.Abstractions.Testing;

/// <summary>Sample file in, approved result out: the result of a sample stands beside it in a text file that a person has read.</summary>
public static class CdrApproval
{
    /// <summary>Ending of an approved result, after the sample's whole name.</summary>
    public const string ApprovedEnding = ".approved.jsonl";

    private const string ReceivedEnding = ".received.jsonl";

    /// <summary>The samples of a folder, approved and received results left out.</summary>
    public static IEnumerable<string> SamplesIn(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => !path.EndsWith(ApprovedEnding, StringComparison.Ordinal) && !path.EndsWith(ReceivedEnding, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>
    /// Reads a sample and compares with <c>[sample].approved.jsonl</c>. When they differ, or nothing was approved yet, the result is written to
    /// <c>[sample].received.jsonl</c>: read it, and rename it when it is right.
    /// </summary>
    /// <returns>What differs, or null.</returns>
    public static string? Check(ICdrFormat format, string samplePath)
    {
        var sample = CdrSampleFile.From(samplePath);
        var received = CdrRecording.Of(format, sample.Name, sample.Content).ToJsonLines();
        var approvedPath = samplePath + ApprovedEnding;
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath) : "";
        if (received == approved)
        {
            File.Delete(samplePath + ReceivedEnding);
            return null;
        }
        File.WriteAllText(samplePath + ReceivedEnding, received);
        var was = approved.Split('\n');
        var now = received.Split('\n');
        var line = 0;
        while (line < was.Length && line < now.Length && was[line] == now[line]) line++;
        return $"{sample.Name} differs from its approved result at line {line + 1}.\n  approved: {Line(was)}\n  received: {Line(now)}\nSee {samplePath + ReceivedEnding}.";

        string Line(string[] lines) => line < lines.Length ? lines[line] : "(nothing)";
    }
}
