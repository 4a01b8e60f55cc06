using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Web.Tests.Month;

/// <summary>Billing errors mended from the browser.</summary>
[Trait("needs", "postgres")]
public sealed class ErrorDeskTests
{
    [Fact]
    public async Task A_cause_is_previewed_excluded_with_a_reason_and_brought_back()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();
        var errors = await desk.PageAsync("/errors");
        var cause = Regex.Matches(errors, "href=\"(/errors/calls\\?cause=[0-9a-f]+)\"[^>]*>\\+441632960999").Single().Groups[1].Value;
        errors.ShouldNotContain("subject=", Case.Sensitive, "a number belongs into no address");

        (await desk.PageAsync(cause + "&who=beech")).ShouldContain("numbers/new?service=2&first=%2B441632960999&from=2026-10-09");
        (await desk.PageAsync("/accounts/2/numbers/new?service=2&first=%2B441632960999&from=2026-10-09")).ShouldContain("2026-10-09");
        (await desk.SendAsync(cause, "Preview")).Html.ShouldContain("Nothing is mended yet");
        (await desk.SendAsync(cause, "Exclude", ("why", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await desk.SendAsync(cause, "Exclude", ("why", "Our own test line"))).To.ShouldBe("/errors");
        errors = await desk.PageAsync("/errors");
        errors.ShouldContain("Our own test line");
        var undo = Regex.Match(errors, "exclusion=([0-9a-f]+)").Groups[1].Value;
        (await desk.SendAsync("/errors", "Undo&exclusion=" + undo)).To.ShouldBe("/errors");
        (await desk.PageAsync("/errors")).ShouldNotContain("Our own test line");
        (await desk.SendAsync(cause, "Rerate")).To.ShouldBe("/errors");
        (await desk.PageAsync("/errors")).ShouldContain("0 of 1 call cleared");
    }
}
