using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Delivery.Tests.Rendering;

/// <summary>Runs the judges that are not ours: poppler's and qpdf's programs.</summary>
static class Tool
{
    public static string TextOf(byte[] pdf) => Run("pdftotext", "poppler-utils", pdf, "-layout", "FILE", "-");

    /// <summary>The text in the file's own order, without an imitation of its layout.</summary>
    public static string PlainTextOf(byte[] pdf) => Run("pdftotext", "poppler-utils", pdf, "-raw", "FILE", "-");

    /// <summary>Every word and page size, and the places of the words in points.</summary>
    public static (string Words, double[] Places) PlacesOf(byte[] pdf)
    {
        var lines = Run("pdftotext", "poppler-utils", pdf, "-bbox", "FILE", "-").Split('\n')
            .Where(line => line.Contains("<word", StringComparison.Ordinal) || line.Contains("<page", StringComparison.Ordinal)).ToList();
        return (string.Join('\n', lines.Select(line => Regex.Replace(line, "\"[0-9.]+\"", "\"\""))),
            [.. lines.SelectMany(line => Regex.Matches(line, "\"([0-9.]+)\"")).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))]);
    }

    public static string InfoOf(byte[] pdf) => Run("pdfinfo", "poppler-utils", pdf, "FILE");

    public static string FontsOf(byte[] pdf) => Run("pdffonts", "poppler-utils", pdf, "FILE");

    public static string ImagesOf(byte[] pdf) => Run("pdfimages", "poppler-utils", pdf, "-list", "FILE");

    /// <summary>Fails unless qpdf finds nothing to say about the file's structure.</summary>
    public static void Check(byte[] pdf) => Run("qpdf", "qpdf", pdf, "--check", "FILE").ShouldContain("No syntax or stream encoding errors found");

    static string Run(string program, string package, byte[] pdf, params string[] arguments)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, pdf);
            var start = new ProcessStartInfo(program, arguments.Select(argument => argument == "FILE" ? path : argument))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            };
            using var process = Start(start, package);
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, $"{program}: {output} {errors.Result}");
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }

    static Process Start(ProcessStartInfo start, string package)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException($"This test needs the program {start.FileName}: apt-get install {package}");
        }
    }
}
