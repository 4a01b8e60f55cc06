using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;

namespace Billing.Abstractions.Tests.Cdr;

/// <summary>What the conformance kit asks of formats whose files are not lines, tried on one that can be told to be wrong: numbers of seconds, one element after the other, each ended by a semicolon.</summary>
public sealed class ElementConformanceTests
{
    private static readonly CdrSampleFile Sample = new("calls.elements", "10;20;30;125;"u8.ToArray());

    [Fact]
    public void A_format_that_gives_only_whole_elements_keeps_every_rule() => CdrConformance.Check(new Elements(), Sample).ShouldBeEmpty();

    [Fact]
    public void A_file_that_was_cut_may_be_refused_as_a_whole() => CdrConformance.Check(new Elements { RefusesCut = true }, Sample).ShouldBeEmpty();

    [Fact]
    public void A_format_that_takes_the_rest_of_a_cut_element_for_a_whole_one_is_found()
    {
        var finding = CdrConformance.Check(new Elements { TakesRest = true }, Sample).ShouldHaveSingleItem();
        finding.Rule.ShouldBe("chopped");
        finding.Message.ShouldContain("other records than the whole begins with");
    }

    [Fact]
    public void A_format_that_leaves_a_number_out_is_found() =>
        CdrConformance.Check(new Elements { FirstNumber = 2 }, Sample).ShouldHaveSingleItem().Message.ShouldContain("has 5 elements, and 4 came out");

    private sealed class Elements : ICdrFormat
    {
        public bool RefusesCut { get; init; }

        public bool TakesRest { get; init; }

        public int FirstNumber { get; init; } = 1;

        public CdrFormatInfo Info { get; } = new("elements", "Elements", "Example", CdrTimeBase.Utc) { CountsElements = true };

        public int Recognise(in CdrSample sample) => sample.Head.StartsWith("10;"u8) ? 90 : 0;

        public void Read(Stream content, CdrFile file, ICdrSink sink)
        {
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            var text = CdrText.Decode(copy.ToArray());
            if (RefusesCut && !text.EndsWith(';'))
            {
                sink.Problem(new CdrProblem(1, CdrProblemCode.Truncated, "", "The file was cut off.", []) { EndsReading = true });
                return;
            }
            var elements = text.Split(';');
            for (var i = 0; i < elements.Length; i++)
            {
                var isRest = i == elements.Length - 1;
                if (isRest && (elements[i].Length == 0 || !TakesRest)) continue;
                if (!int.TryParse(elements[i], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    sink.Problem(new CdrProblem(i + FirstNumber, CdrProblemCode.BadStructure, "", "That is no number.", []));
                    return;
                }
                var call = CallDetailRecord.Voice();
                call.LineNumber = i + FirstNumber;
                call.StartedAt = new CdrTime(new DateTime(2026, 3, 1, 12, 0, 0));
                call.DurationSeconds = seconds;
                sink.Record(in call, "1"u8);
            }
        }
    }
}
