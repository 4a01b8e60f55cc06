using Billing.Delivery.Rendering;

namespace Billing.Delivery.Tests.Rendering;

public sealed class JoinableDocumentTests
{
    const string Head = "<meta name=\"billing-print\" content=\"joinable\"><style>@page { margin: 1cm } body { margin: 0 }</style>";

    [Fact]
    public void A_plain_document_that_says_so_can_be_joined() =>
        JoinableDocument.Read(Some.Page("<p class='a>b'>text &lt;</p><br><img src='data:,'>", Head)).ShouldNotBeNull().Title.ShouldBe("A page");

    [Fact]
    public void Page_numbers_become_a_counter_and_a_text()
    {
        var document = JoinableDocument.Read(Some.Page("x", Head.Replace("1cm", "1cm; @top-left { content: counter( page, upper-roman ) '/' counter(pages) }")));
        document!.ShowsPageCount.ShouldBeTrue();
        document.PageRuleFor("k7", 12).ShouldContain("counter(k7, upper-roman ) '/' \"12\"");
    }

    [Theory]
    [InlineData("<p>", "an element left open")]
    [InlineData("</div><div>", "an element closed that was not opened")]
    [InlineData("<a href=\"#x\">x</a>", "a link within the document")]
    [InlineData("<svg><rect fill='url(#g)'/></svg>", "a reference within the document")]
    [InlineData("<p style='position: fixed'>x</p>", "a fixed position")]
    [InlineData("<p style=\"position:absolute\">x</p>", "a place on the first page")]
    [InlineData("<style>p{}</style>", "styles outside the head")]
    [InlineData("<!-- x", "a comment")]
    [InlineData("<p style='counter-reset: x'>x</p>", "a counter")]
    [InlineData("<textarea></textarea>", "an element that swallows markup")]
    public void A_body_that_would_meet_its_neighbours_is_printed_alone(string body, string because) =>
        JoinableDocument.Read(Some.Page(body, Head)).ShouldBeNull(because);

    [Theory]
    [InlineData("<style>.f { position: fixed }</style>")]
    [InlineData("<style>h1 { counter-increment: h }</style>")]
    [InlineData("<style>@page :first { margin: 0 }</style>")]
    [InlineData("<style>@page wide { size: A4 landscape } .w { page: wide }</style>")]
    [InlineData("<style>body > p { color: red }</style>")]
    [InlineData("<style>body { padding: 1cm }</style>")]
    [InlineData("<style>/* a comment may hide anything */</style>")]
    public void A_head_that_would_notice_the_join_is_printed_alone(string style) =>
        JoinableDocument.Read(Some.Page("x", Head + style)).ShouldBeNull();

    [Fact]
    public void A_document_that_does_not_say_so_is_printed_alone() =>
        JoinableDocument.Read(Some.Page("x", "<style>@page { margin: 1cm } body { margin: 0 }</style>")).ShouldBeNull();
}
