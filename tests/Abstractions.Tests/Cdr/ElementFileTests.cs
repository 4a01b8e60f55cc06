using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Tests.Cdr;

/// <summary>Files of JSON objects and XML elements: however they are wrapped, cut off or damaged, each element comes out once.</summary>
public sealed class ElementFileTests
{
    private const string One = """{"id":"1","at":"1781510402","to":"+442079460000","s":61}""";
    private const string Two = """{"id":"2","at":1781510403,"to":"+4420794\u00360001","s":"5"}""";

    [Theory]
    [InlineData(One + "\n" + Two + "\n", "")]
    [InlineData(One + Two, "")]
    [InlineData("[" + One + "," + Two + "]", "")]
    [InlineData("[\n  " + One + " ,\r\n  " + Two + "\n]\n", "")]
    [InlineData("{\"count\":2,\"rows\":[" + One + "," + Two + "],\"next\":{\"a\":[1,2,\"]}\"]}}", "heading trailer")]
    [InlineData("{\"x\":{\"rows\":[7]},\"s\":\"a\\\"{[\",\"rows\" : [ " + One + " , " + Two + " ] }", "heading trailer")]
    [InlineData("\uFEFF" + One + "\u001e" + Two, "")]
    public void Objects_are_found_in_lines_lists_and_wrappings(string json, string skipped)
    {
        foreach (var buffer in (int[])[16, 64, 65_536])
        {
            var read = Json(json, buffer);
            read.Problems.ShouldBeEmpty();
            read.Records.Select(r => r.Text).ShouldBe(Json(One + Two, 65_536).Records.Select(r => r.Text));
            string.Join(' ', read.Entries.Where(e => e.Kind == CdrEntryKind.Skip).Select(e => e.Text.Contains("heading", StringComparison.Ordinal) ? "heading" : "trailer")).ShouldBe(skipped);
            read.Entries.Select(e => e.LineNumber).ShouldBe(Enumerable.Range(1, read.Entries.Count).Select(i => (long)i));
        }
    }

    [Theory]
    // The one in the middle can't be read, and the others can.
    [InlineData("[" + One + ",{\"id\":oops}," + Two + "]", "cdr.bad-structure", 2)]
    [InlineData(One + "\n{\"id\":\"\\ud800\"}\n" + Two, "cdr.bad-structure", 2)]
    [InlineData(One + "\nnothing to see here\n" + Two, "cdr.bad-structure", 2)]
    [InlineData(One + "\n{\"id\":\"3\",\"at\":\"then\"}\n" + Two, "cdr.bad-time", 2)]
    [InlineData("[" + One + "," + Two, "cdr.truncated", 2)]
    [InlineData("{\"rows\":[" + One + "," + Two + "]", "cdr.truncated", 2)]
    [InlineData(One + "\n{\"id\":\"2\",\"at", "cdr.truncated", 1)]
    public void What_is_damaged_costs_one_problem(string json, string code, int records)
    {
        foreach (var buffer in (int[])[16, 65_536])
        {
            var read = Json(json, buffer);
            read.Records.Count().ShouldBe(records);
            read.Problems.ShouldHaveSingleItem().Text.ShouldContain(code);
            read.HasEnded.ShouldBeFalse();
        }
    }

    [Fact]
    public void An_object_that_never_ends_ends_the_reading_and_not_the_memory()
    {
        var read = Json(One + "\n{\"id\":\"" + new string('x', 40_000), 64);
        read.Records.Count().ShouldBe(1);
        read.Problems.Single().Text.ShouldContain("cdr.line-too-long");
        read.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void Objects_within_each_other_without_end_are_a_problem_and_no_crash() =>
        Json("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2001) + One, 64).Records.Count().ShouldBe(1);

    [Theory]
    [InlineData("<calls><call id=\"1\"><at>1781510402</at><to>+442079460000</to><s>61</s></call></calls>", 1, "heading trailer")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE calls [<!ENTITY x \"y\">]><!-- <call> --><calls>\n<call id='1'><at>1781510402</at><to>+442079460000</to><s> 61 </s></call>\n</calls>\n", 1, "heading trailer")]
    [InlineData("<x:calls xmlns:x='a'><x:call id='1'><x:at>1781510402</x:at><x:to><![CDATA[+442079460000]]></x:to><x:s>61</x:s></x:call></x:calls>", 1, "heading trailer")]
    public void Elements_are_found_whatever_stands_round_them(string xml, int records, string skipped)
    {
        foreach (var buffer in (int[])[16, 65_536])
        {
            var read = Xml(xml, buffer);
            read.Problems.ShouldBeEmpty();
            read.Records.Count().ShouldBe(records);
            read.Records.First().Text.ShouldContain("\"id\":\"1\",\"startedAt\":\"2026-06-15T08:00:02+00:00\"");
            string.Join(' ', read.Entries.Where(e => e.Kind == CdrEntryKind.Skip).Select(e => e.Text.Contains("heading", StringComparison.Ordinal) ? "heading" : "trailer")).ShouldBe(skipped);
        }
    }

    [Theory]
    [InlineData("<calls><call id='1'><at>&x;</at></call><call id='2'><at>1781510402</at><s>1</s></call></calls>", "cdr.bad-structure", 1)]
    [InlineData("<calls><call id='1'><at>1</at><call id='2'><at>1781510402</at><s>1</s></call></calls>", "cdr.bad-structure", 1)]
    [InlineData("<calls><call id='2'><at>1781510402</at><s>1</s></call> and so on </calls>", "cdr.bad-structure", 1)]
    [InlineData("<calls><call id='2'><at>1781510402</at><s>1</s></call>", "cdr.truncated", 1)]
    [InlineData("<calls><call id='2'><at>1781510402</at><s>1</s></call><call id='3'><at>", "cdr.truncated", 1)]
    [InlineData("<calls><call id='2'><at>1781510402</at><s>1</s></call><call id='3'/></calls>", "cdr.bad-time", 1)]
    public void A_damaged_element_costs_one_problem(string xml, string code, int records)
    {
        foreach (var buffer in (int[])[16, 65_536])
        {
            var read = Xml(xml, buffer);
            read.Records.Count().ShouldBe(records);
            read.Problems.ShouldHaveSingleItem().Text.ShouldContain(code);
        }
    }

    [Fact]
    public void Siblings_of_one_name_are_told_apart()
    {
        var read = Xml("<calls><call id='1'><at>1781510402</at><s>7</s><s>8</s><leg><to>+442079460001</to></leg><leg><to>+442079460002</to></leg></call></calls>", 64);
        read.Records.Single().Text.ShouldContain("\"chargeCode\":\"8\",\"description\":\"+442079460002\"");
    }

    [Fact]
    public void A_definition_is_never_followed() =>
        Xml("<!DOCTYPE calls SYSTEM 'file:///etc/passwd'><calls><call id='1'><!DOCTYPE a><at>1781510402</at></call></calls>", 64).Problems.Single().Text.ShouldContain("cdr.bad-structure");

    private static CdrRecording Json(string text, int buffer) => CdrRecording.Of(new Calls(CdrElements.Json("rows") with { MaxBytes = 32_768 }) { BufferBytes = buffer }, "a.json", Encoding.UTF8.GetBytes(text));

    private static CdrRecording Xml(string text, int buffer) => CdrRecording.Of(new Calls(CdrElements.Xml("call")) { BufferBytes = buffer }, "a.xml", Encoding.UTF8.GetBytes(text));

    /// <summary>A made-up format: id, at, to, s; and a second s and leg to look at.</summary>
    private sealed class Calls(CdrElements elements) : ElementCdrFormat(new CdrFormatInfo("calls", "Calls", "Test", CdrTimeBase.Utc), elements)
    {
        public override int Recognise(in CdrSample sample) => Probe(sample).Score(90);

        protected override CdrLineMeaning Read(ref CdrElement element, ref CallDetailRecord call)
        {
            call.RecordId = element.Text(element.Has("id") ? "id" : "@id");
            if (!element.UnixTime("at", out call.StartedAt) || !element.Seconds("s", out call.DurationSeconds)) return element.Problem;
            element.Party("to", NumberRules.Uk, out call.To);
            call.ChargeCode = element.Text("s.2");
            call.Description = element.Text("leg.2.to");
            return CdrLineMeaning.Record;
        }
    }
}
