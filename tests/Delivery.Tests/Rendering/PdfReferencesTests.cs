using System.Text;
using Billing.Delivery.Rendering;
using FsCheck.Fluent;

namespace Billing.Delivery.Tests.Rendering;

public sealed class PdfReferencesTests
{
    [Theory]
    [InlineData("1 0 obj\n<</A 12 0 R/B[3 0 R 4 0 R]>>\nendobj", "12 3 4")]
    [InlineData("<</T (5 0 R (6 0 R) \\) 7 0 R)/U 8 0 R>>", "8")]
    [InlineData("<</T <35 0 R>/U 8 0 R>>", "8")]
    [InlineData("<</5 0 R/N#20 9 0 R>>", "9")]
    [InlineData("<</Rect [1 0 0 1] /X 2 0 RG 1 1 R>>", "")]
    [InlineData("<</Length 5 0 R>> stream\n6 0 R endstream", "5")]
    [InlineData("", "")]
    public void References_are_found_outside_texts_and_streams(string text, string expected) =>
        string.Join(' ', PdfReferences.In(Encoding.Latin1.GetBytes(text)).Select(reference => reference.Number)).ShouldBe(expected);

    [Theory]
    [InlineData("(no end")]
    [InlineData("(no end \\")]
    [InlineData("<4E6F")]
    public void A_text_without_an_end_is_not_guessed_at(string text) =>
        Should.Throw<InvalidDataException>(() => PdfReferences.In(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Anything_at_all_is_either_read_or_called_broken() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll<string>(text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            byte[] framed = [.. "%PDF-1.4\n"u8, .. bytes, .. "startxref\n9\n%%EOF"u8];
            foreach (var read in new Action[] { () => PdfReferences.In(bytes), () => PdfFile.Read(bytes), () => PdfFile.Read(framed) })
            {
                try
                {
                    read();
                }
                catch (InvalidDataException)
                {
                    // The one way in which it may fail.
                }
            }
        }));
}
