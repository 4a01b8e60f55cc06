using System.Text.Json;

namespace Billing.Templating.Tests;

public class ModelTest
{
    private enum State { Draft, Posted }

    private sealed record Line(string Description, decimal NetAmount, int? Quantity);

    private sealed record Invoice(string InvoiceNumber, DateOnly IssuedOn, DateTimeOffset TaxPoint, State State, IReadOnlyList<Line> Lines)
    {
        public string VATNumber { get; } = "GB123";

        public string Broken => Lines.Count > 0 ? throw new InvalidOperationException("secret") : "";

        public Type Kind { get; } = typeof(Invoice);
    }

    private static readonly Invoice Sample = new(
        "INV-1", new DateOnly(2026, 3, 9), new DateTimeOffset(2026, 3, 9, 17, 0, 0, TimeSpan.FromHours(1)), State.Posted,
        [new Line("Line rental", 12.50m, 2), new Line("Calls", 0.0809m, null)]);

    [Fact]
    public void Members_of_a_record_are_written_in_snake_case() =>
        Some.Text("{{ invoice.invoice_number }} {{ invoice.lines[0].net_amount }} {{ invoice.vatnumber }}", new { Invoice = Sample }).ShouldBe("INV-1 12.50 GB123");

    [Fact]
    public void The_members_of_the_model_are_the_global_variables() =>
        Some.Text("{{ invoice_number }} {{ lines.size }}", Sample).ShouldBe("INV-1 2");

    [Fact]
    public void A_dictionary_keeps_its_keys_as_they_are() =>
        Some.Text("{{ Name }}{{ other }}", new Dictionary<string, object?> { ["Name"] = "x", ["other"] = 1L }).ShouldBe("x1");

    [Fact]
    public void Dates_of_the_model_are_dates() =>
        Some.Text("{{ issued_on }} {{ issued_on | date.to_string '%d/%m/%y' }} {{ tax_point | date.to_string '%H:%M %Z' }} {{ issued_on.month }}", Sample)
            .ShouldBe("09 Mar 2026 09/03/26 17:00 +01:00 3");

    [Fact]
    public void An_enum_is_its_name() => Some.Text("{{ state }} {{ state == 'Posted' }}", Sample).ShouldBe("Posted true");

    [Fact]
    public void Money_of_the_model_stays_exact() =>
        Some.Text("{{ t = 0; for l in lines; t += l.net_amount; end; t }} {{ t * 3 }} {{ t | object.kind }}", Sample).ShouldBe("12.5809 37.7427 decimal");

    [Fact]
    public void A_missing_member_is_nothing() => Some.Text("<{{ lines[1].quantity }}{{ nothing }}>", Sample).ShouldBe("<>");

    [Fact]
    public void A_member_that_fails_is_named_without_its_secrets()
    {
        var error = Some.Result("a\n{{ invoice.broken }}", new { Invoice = Sample }).Error.ShouldNotBeNull();
        error.Code.ShouldBe(TemplateErrorCodes.Model);
        error.Line.ShouldBe(2);
        error.Message.ShouldContain("broken");
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Reflection_is_closed() => Some.Text("<{{ kind.assembly }}{{ kind.name }}>", Sample).ShouldBe("<>");

    [Fact]
    public void The_model_cannot_be_changed()
    {
        Some.Result("{{ invoice.invoice_number = 'x' }}", new { Invoice = Sample }).Error!.Code.ShouldBe(TemplateErrorCodes.ReadOnly);
        var dictionary = new Dictionary<string, object?> { ["a"] = 1 };
        Some.Text("{{ a = 2; a }}", dictionary).ShouldBe("2");
        dictionary["a"].ShouldBe(1);
    }

    [Fact]
    public void Json_numbers_keep_their_kind_and_their_places()
    {
        using var model = JsonDocument.Parse("""{"i": 1, "l": 5000000000, "d": 10.50, "e": 1e300}""");
        Some.Text("{{ i | object.kind }} {{ l | object.kind }} {{ d | object.kind }} {{ d }} {{ e | object.kind }}", model.RootElement)
            .ShouldBe("int long decimal 10.50 double");
    }

    [Fact]
    public void Json_can_be_a_member_of_another_model()
    {
        using var json = JsonDocument.Parse("""{"b": [1, 2]}""");
        Some.Text("{{ a.b[1] }}{{ for x in a.b; x; end }}{{ a.b.size }}", new { A = json.RootElement }).ShouldBe("2122");
    }

    [Fact]
    public void Any_enumerable_can_be_looped_over() =>
        Some.Text("{{ for x in some; x; for.last; end }}{{ some | array.size }}", new { Some = Enumerable.Range(1, 2).Where(i => i > 0) }).ShouldBe("1false2true2");

    [Fact]
    public void Safe_text_of_the_model_is_not_escaped() =>
        Some.Html("{{ logo }}{{ name }}", new { Logo = new SafeText("<svg/>"), Name = "<x>" }).ShouldBe("<svg/>&lt;x&gt;");

    [Fact]
    public void A_type_met_at_one_place_does_not_confuse_the_next() =>
        Some.Text("{{ for x in items; x.name; end }}", new { Items = new object[] { new { Name = "a" }, new Dictionary<string, object?> { ["name"] = "b" }, new { Id = 1, Name = "c" }, new { Name = "d" } } })
            .ShouldBe("abcd");
}
