using System.Net;

namespace Billing.Web.Tests.Month;

/// <summary>CDR files from a browser: good ones, and everything that people upload by mistake.</summary>
[Trait("needs", "postgres")]
public sealed class UploadPageTests : IAsyncLifetime
{
    Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_good_file_is_pending_until_its_job_has_it_in_and_every_line_is_accounted_for()
    {
        var (status, to, _) = await _desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        status.ShouldBe(HttpStatusCode.Redirect);
        (await _desk.PageAsync(to!)).ShouldContain("on their way");
        (await _desk.PageAsync("/cdrs")).ShouldContain("1 file is pending");
        _desk.StoredFiles.ShouldBe(1);

        (await _desk.PartAsync(to!)).ShouldSatisfyAllConditions(p => p.Html.ShouldStartWith("<div"), p => p.Html.ShouldContain("hx-get"), p => p.IsOver.ShouldBeFalse());
        (await _desk.PartAsync("/jobs/1?handler=progress")).ShouldSatisfyAllConditions(p => p.Html.ShouldNotContain("<html"), p => p.IsOver.ShouldBeFalse());

        await _desk.WorkAsync();
        (await _desk.PartAsync("/jobs/1?handler=progress")).ShouldSatisfyAllConditions(p => p.Html.ShouldContain("october_cdr.csv is in"), p => p.IsOver.ShouldBeTrue());
        (await _desk.PartAsync(to!)).IsOver.ShouldBeTrue();
        (await _desk.PageAsync(to!)).ShouldContain("1 in.");
        (await _desk.PageAsync("/cdrs/uploads/1")).ShouldContain("Every line is accounted for");
        (await _desk.PageAsync("/cdrs")).ShouldNotContain("pending");
        _desk.StoredFiles.ShouldBe(0);
    }

    [Fact]
    public async Task Many_files_at_once_are_each_answered_for()
    {
        var (_, to, _) = await _desk.UploadAsync(
            ("october_cdr.csv", Desk.Bytes(Some.Calls)), ("again.csv", Desk.Bytes(Some.Calls)), ("empty.csv", []),
            ("bill.pdf", Desk.Bytes("%PDF-1.7\n")), ("huge.csv", new byte[30_000]));
        await _desk.WorkAsync();
        var page = await _desk.PageAsync(to!);
        page.ShouldContain("1 in, 4 refused.");
        foreach (var said in new[] { "same bytes as 'october_cdr.csv'", "is empty", "PDF document", "at most 20,000 are taken" }) page.ShouldContain(said);
        _desk.StoredFiles.ShouldBe(0);

        (await _desk.UploadAsync(("known.csv", Desk.Bytes(Some.Calls)))).To.ShouldNotBeNull();
        (await _desk.PageAsync("/cdrs/uploads/6")).ShouldContain("usage.file-known");
    }

    [Fact]
    public async Task Two_uploads_of_the_same_bytes_at_once_are_one_file()
    {
        await Task.WhenAll(_desk.UploadAsync(("a.csv", Desk.Bytes(Some.Calls))), _desk.UploadAsync(("b.csv", Desk.Bytes(Some.Calls))));
        (await _desk.PageAsync("/cdrs")).ShouldContain("1 file is pending");
        await _desk.WorkAsync();
        (await _desk.PageAsync("/cdrs")).ShouldContain("1 file,");
    }

    [Fact]
    public async Task A_file_of_no_known_format_is_kept_until_somebody_drops_it_with_a_reason()
    {
        await _desk.UploadAsync(("odd.txt", Desk.Bytes("a;b;c\n1;2;3\n")));
        (await _desk.PageAsync("/cdrs/uploads/1")).ShouldContain("cdr.not-recognised");
        (await _desk.SendAsync("/cdrs/uploads/1", "Drop", ("why", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _desk.SendAsync("/cdrs/uploads/1", "Drop", ("why", "Not a CDR file"))).To.ShouldBe("/cdrs/uploads/1");
        var page = await _desk.PageAsync("/cdrs/uploads/1");
        page.ShouldContain("Not a CDR file");
        _desk.StoredFiles.ShouldBe(0);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_takes_nothing()
    {
        using var forged = new MultipartFormDataContent { { new ByteArrayContent(Desk.Bytes(Some.Calls)), "files", "a.csv" } };
        using var answer = await _desk.PostRawAsync("/cdrs/upload", forged);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("upload.forged");

        using var cut = new ByteArrayContent(Desk.Bytes("--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\n"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var broken = await _desk.PostRawAsync("/cdrs/upload", cut);
        broken.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        _desk.StoredFiles.ShouldBe(0);
        (await _desk.UploadAsync()).Html.ShouldContain("No file was chosen");
    }
}
