using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task ERR_3_A_cause_is_mended_on_the_desk_after_a_preview_taken_back_and_clears_by_itself_when_it_is_mended_elsewhere()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();
        var key = Regex.Match(await desk.PageAsync("/errors"), "href=\"/errors/calls\\?cause=([0-9a-f]+)\"[^>]*>\\+441632960999").Groups[1].Value;
        var mend = "/errors/mend?cause=" + key;
        (await desk.PageAsync(mend + "&who=beech")).ShouldContain("Beech Ltd");
        (string, string)[] assign = [("cause", key), ("kind", "assign"), ("service", "2"), ("from", "")];
        (await desk.SendAsync(mend, "Preview", [("cause", key), ("kind", "assign")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await desk.SendAsync(mend, "Preview", assign)).Html.ShouldContain("clear <strong>1 call worth £0.15</strong>");
        (await desk.PageAsync("/errors")).ShouldContain("+441632960999", Case.Sensitive, "nothing is changed by a preview");
        (await desk.SendAsync(mend, "Apply", assign)).To.ShouldBe("/errors#mended");
        var errors = await desk.PageAsync("/errors");
        errors.ShouldNotContain("href=\"/errors/calls?cause=" + key);
        var mending = Regex.Match(errors, "mending=(\\d+)").Groups[1].Value;
        (await desk.SendAsync("/errors", "UndoMending&mending=" + mending)).To.ShouldBe("/errors#mended");
        (await desk.PageAsync("/errors")).ShouldContain("href=\"/errors/calls?cause=" + key);

        // Elsewhere: the page of the customer's numbers.
        await desk.SendAsync("/accounts/2/numbers/new?service=2", "", ("Input.Service", "2"), ("Input.First", "+441632960999"), ("Input.From", "2026-10-01"));
        await desk.WorkAsync();
        errors = await desk.PageAsync("/errors");
        errors.ShouldNotContain("href=\"/errors/calls?cause=" + key);
        errors.ShouldContain("by itself, after a change of");
        (await desk.PageAsync("/errors/trend?by=file")).ShouldContain("october_cdr.csv");
    }

    [Fact]
    public async Task An_exclusion_is_remembered_and_revoked_on_the_desk()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();
        var key = Regex.Match(await desk.PageAsync("/errors"), "href=\"/errors/calls\\?cause=([0-9a-f]+)\"[^>]*>\\+441632960999").Groups[1].Value;
        var mend = "/errors/mend?cause=" + key;
        (await desk.SendAsync(mend, "Exclude", ("cause", key), ("why", "Our own test line"), ("until", "2026-02-31"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var until = desk.Installation.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await desk.SendAsync(mend, "Exclude", ("cause", key), ("why", "Our own test line"), ("until", until))).To.ShouldBe("/errors");
        var errors = await desk.PageAsync("/errors");
        errors.ShouldContain("Remembered exclusions");
        var rule = Regex.Match(errors, "rule=(\\d+)").Groups[1].Value;
        (await desk.SendAsync("/errors", "Revoke&rule=" + rule)).To.ShouldBe("/errors#rules");
        (await desk.PageAsync("/errors")).ShouldContain("Revoked by");
    }
}
