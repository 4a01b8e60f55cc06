namespace Billing.Abstractions.Testing;

/// <summary>A sample of a format: a file name and its bytes.</summary>
/// <param name="Name">Name without folder, as a carrier would call the file.</param>
/// <param name="Content">Every byte of it.</param>
public sealed record CdrSampleFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>Reads a sample from disk.</summary>
    public static CdrSampleFile From(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));
}
