using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Billing.Portal.Brands;

namespace Billing.Portal.Tests.Brands;

public sealed class LogoFileTests
{
    const string Head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 40 10\">";

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>")]
    [InlineData("<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>", "<foreignObject>")]
    [InlineData("<path d='M0 0' onload='alert(1)'/>", "onload")]
    [InlineData("<path d='M0 0' ONCLICK='alert(1)'/>", "ONCLICK")]
    [InlineData("<image href='http://evil.example/x.png'/>", "<image>")]
    [InlineData("<use href='http://evil.example/x.svg#a'/>", "http://evil.example")]
    [InlineData("<use xlink:href='data:image/svg+xml,x'/>", "data:image")]
    [InlineData("<use xlink:href='javascript:alert(1)'/>", "javascript:")]
    [InlineData("<a href='http://evil.example'><path d='M0 0'/></a>", "<a>")]
    [InlineData("<path d='M0 0' fill='url(http://evil.example/#a)'/>", "url(http")]
    [InlineData("<path d='M0 0' style='fill:url( \"http://evil.example\" )'/>", "url(")]
    [InlineData("<path d='M0 0' style='fill:\\75rl(http://evil.example)'/>", "\\75rl")]
    [InlineData("<style>@import url(http://evil.example/x.css);</style>", "@ rule")]
    [InlineData("<style>body{display:none}</style>", "selector 'body'")]
    [InlineData("<style>.a{fill:url(http://evil.example)}</style><path class='a' d='M0 0'/>", "url(http")]
    [InlineData("<animate attributeName='href' to='http://evil.example'/>", "<animate>")]
    [InlineData("<set attributeName='onload' to='x'/>", "<set>")]
    [InlineData("<filter id='f'/>", "<filter>")]
    [InlineData("<iframe src='http://evil.example'/>", "<iframe>")]
    public void What_could_run_fetch_or_hide_is_refused_with_the_reason(string inner, string named)
    {
        LogoFile.Read(Bytes(Head + inner + "</svg>")).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("brand.bad-logo");
        failure.Field.ShouldBe("logo");
        failure.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Head + "<text>&x;</text></svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + Head + "<text>&b;</text></svg>")]
    [InlineData("<html><body/></html>")]
    [InlineData("<svg viewBox='0 0 4 4'/>")]
    [InlineData(Head)]
    [InlineData("GIF89a")]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4000 10'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 10'/>")]
    public void What_is_no_drawing_of_a_logos_shape_is_refused(string text) =>
        LogoFile.Read(Bytes(text)).TryGet(out _, out _).ShouldBeFalse();

    [Fact]
    public void What_drawing_programs_leave_behind_is_left_out_and_the_drawing_stays()
    {
        var logo = LogoFile.Read(Bytes(
            "<?xml version=\"1.0\"?><!-- made by somebody --><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:ink=\"http://ink.example\" width=\"40px\" height=\"10px\" ink:version=\"1\" data-name=\"x\">"
            + "<metadata>secret</metadata><ink:view/><style type=\"text/css\">.st0,.st1{fill:#f00;} .st1{stroke:url(#g)}</style>"
            + "<defs><linearGradient id=\"g\"><stop offset=\"0\" style=\"stop-color:#123456;-ink-x:y\"/></linearGradient></defs>"
            + "<g class=\"st1\"><path d=\"M0 0h40\" fill=\"#0f0\" ink:label=\"z\"/><use href=\"#g\"/><text x=\"1\">A &amp; B</text></g></svg>")).ValueOrThrow();
        logo.ShouldBe(
            "<svg width=\"40\" height=\"10\" viewBox=\"0 0 40 10\" xmlns=\"http://www.w3.org/2000/svg\">"
            + "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#123456\" /></linearGradient></defs>"
            + "<g fill=\"#f00\" stroke=\"url(#g)\"><path d=\"M0 0h40\" fill=\"#0f0\" /><use href=\"#g\" /><text x=\"1\">A &amp; B</text></g></svg>");
        // What was cleaned once is clean.
        LogoFile.Read(Bytes(logo)).ValueOrThrow().ShouldBe(logo);
    }

    [Fact]
    public void A_PNG_loses_its_notes_and_is_wrapped_in_a_drawing()
    {
        var png = Png(80, 20, ("tEXt", Encoding.ASCII.GetBytes("Author\0Somebody private")));
        var logo = LogoFile.Read(png).ValueOrThrow();
        logo.ShouldStartWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 80 20\" width=\"80\" height=\"20\"><image ");
        var kept = Convert.FromBase64String(logo.Split("base64,")[1].Split('"')[0]);
        kept.ShouldBe(Png(80, 20));
    }

    [Theory]
    [InlineData(3000, 100)]
    [InlineData(100, 10)]
    [InlineData(1300, 100)]
    [InlineData(0, 10)]
    public void A_picture_of_the_wrong_shape_is_refused(int width, int height)
    {
        var isGood = LogoFile.Read(Png(width, height)).TryGet(out _, out var failure);
        if (width == 100) isGood.ShouldBeTrue();
        else failure!.Code.ShouldBe("brand.bad-logo");
    }

    [Fact]
    public void A_damaged_PNG_and_one_that_is_too_big_are_refused()
    {
        var png = Png(80, 20);
        png[20] ^= 1;
        LogoFile.Read(png).TryGet(out _, out var damaged).ShouldBeFalse();
        damaged!.Message.ShouldContain("damaged");
        LogoFile.Read(Png(80, 20)[..^4]).TryGet(out _, out _).ShouldBeFalse();
        LogoFile.Read(Png(80, 20, ("IDAT", new byte[PngLogo.MostBytes]))).TryGet(out _, out var big).ShouldBeFalse();
        big!.Message.ShouldContain("64");
        LogoFile.Read(new byte[LogoFile.MostBytes + 1]).TryGet(out _, out _).ShouldBeFalse();
        LogoFile.Read(Bytes(Head + new string(' ', SvgLogo.LongestText) + "</svg>")).TryGet(out _, out _).ShouldBeFalse();
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Png(int width, int height, params (string Name, byte[] Data)[] more)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 0);
        Chunk("IHDR", head);
        foreach (var (name, data) in more) Chunk(name, data);
        using (var packed = new MemoryStream())
        {
            using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(new byte[Math.Max(0, (width + 1) * height)]);
            Chunk("IDAT", packed.ToArray());
        }
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string name, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            var crc = uint.MaxValue;
            foreach (var part in body)
            {
                crc ^= part;
                for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
            BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
            file.Write(number);
        }
    }
}
