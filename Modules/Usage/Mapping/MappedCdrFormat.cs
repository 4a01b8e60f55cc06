using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Mapping;

/// <summary>
/// The CDR format of a <see cref="CarrierMapping"/>: a carrier's file read without a line of code of its own, by the same reader as every other delimited format.
/// </summary>
public sealed class MappedCdrFormat : DelimitedCdrFormat
{
    private readonly CarrierMapping mapping;
    private readonly MappedColumnSet columns = new();
    private readonly NumberRules numbers;
    private readonly byte[] comment;
    private readonly byte[] trailer;
    private readonly Time? start;
    private readonly Time? end;
    private readonly int duration;
    private readonly Words from, to, identity, recordId, chargeCode, description, currency;
    private readonly int[] costs;
    private readonly Choice? answered, inbound, sms, data;
    private readonly int quantity;

    /// <summary>Makes the format of a mapping that <see cref="MappingReader"/> has found nothing wrong with.</summary>
    public MappedCdrFormat(CarrierMapping mapping) : base(InfoOf(mapping), DialectOf(mapping))
    {
        this.mapping = mapping;
        numbers = new NumberRules(mapping.Numbers.CountryCode, mapping.Numbers.NationalPrefix, mapping.Numbers.BareIsInternational);
        comment = Encoding.UTF8.GetBytes(mapping.Comment);
        trailer = Encoding.UTF8.GetBytes(mapping.Trailer?.StartsWith ?? "");
        var fields = mapping.Fields;
        start = TimeOf(fields.Start);
        end = TimeOf(fields.End);
        duration = fields.Duration is null ? -1 : columns.Add(fields.Duration.Column);
        from = WordsOf(fields.From);
        to = WordsOf(fields.To);
        identity = WordsOf(fields.Identity);
        recordId = WordsOf(fields.RecordId);
        chargeCode = WordsOf(fields.ChargeCode);
        description = WordsOf(fields.Description);
        currency = WordsOf(fields.Currency);
        costs = [.. (fields.Cost?.All ?? []).Select(columns.Add)];
        answered = ChoiceOf(fields.Answered);
        inbound = ChoiceOf(fields.Inbound);
        sms = ChoiceOf(fields.Sms);
        data = ChoiceOf(fields.Data);
        quantity = fields.Quantity is null ? -1 : columns.Add(fields.Quantity.Column);
    }

    /// <inheritdoc/>
    public override int Recognise(in CdrSample sample)
    {
        var name = sample.FileName;
        var fits = mapping.FileNames.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));
        // Names of columns can't be there by chance; places can.
        var sure = (columns.HasNames ? 80 : 65) + (fits ? 10 : 0);
        var probe = Probe(sample);
        return columns.HasNames && probe is { Records: 0, Problems: 0, Headings: > 0 } ? sure - 10 : probe.Score(sure);
    }

    /// <inheritdoc/>
    public override CdrFileFacts Describe(in CdrSample sample) => mapping.Kind == MappedKind.Recurring ? new CdrFileFacts(CdrFileKind.Recurring) : CdrFileFacts.Unknown;

    /// <inheritdoc/>
    protected override CdrLineMeaning Read(ref CdrLine line, ref CallDetailRecord call)
    {
        if (comment.Length > 0 && line.Raw.StartsWith(comment)) return CdrLineMeaning.Comment;
        if (trailer.Length > 0 && line.Raw.StartsWith(trailer)) return Trailer(ref line);
        if (columns.HasNames && line.File.State is not int[])
        {
            if (!columns.TryFind(ref line, out var found, out var missing))
                return line.Fail(CdrProblemCode.MissingValue, 0, $"The first line should name the columns, and has no '{missing}'.");
            line.File.State = found;
            return CdrLineMeaning.Heading;
        }
        ReadOnlySpan<int> at = line.File.State is int[] places ? places : columns.Places;
        if (mapping.Columns is { } count && !line.HasFields(count)) return line.Problem;
        if (mapping.Columns is null && Least(at) is var least && line.FieldCount < least)
            return line.Fail(CdrProblemCode.BadFieldCount, 0, string.Create(CultureInfo.InvariantCulture, $"The line has {line.FieldCount} fields, and the description looks at field {least}."));

        if (mapping.Kind == MappedKind.Recurring)
            return ReadTimes(ref line, at, ref call) && ReadDays(ref line, at, ref call) && ReadService(ref line, at, ref call) && ReadCost(ref line, at, ref call) && ReadCount(ref line, at, ref call)
                ? CdrLineMeaning.Record
                : line.Problem;
        return ReadTimes(ref line, at, ref call) && ReadKind(ref line, at, ref call) && ReadParties(ref line, at, ref call) && ReadCost(ref line, at, ref call)
            ? CdrLineMeaning.Record
            : line.Problem;
    }

    private static int Least(ReadOnlySpan<int> at)
    {
        var least = 0;
        foreach (var place in at) least = Math.Max(least, place);
        return least;
    }

    private bool ReadTimes(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call) =>
        (start is null || start.TryRead(ref line, at, out call.StartedAt)) && (end is null || end.TryRead(ref line, at, out call.EndedAt));

    // The last day of a charge, included whatever the file's way is; a file without one charges for single days.
    private bool ReadDays(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        if (end is null)
        {
            call.EndedAt = call.StartedAt;
            return true;
        }
        var (first, last) = (call.StartedAt.Clock.Date, call.EndedAt.Clock.Date);
        var isExcluded = mapping.Fields.IsEndExcluded;
        if (isExcluded ? last <= first : last < first)
            return Fail(ref line, CdrProblemCode.BadTime, at[end.Column], isExcluded ? "a day after the first one" : "a day on or after the first one");
        if (isExcluded) call.EndedAt = new CdrTime(last.AddDays(-1));
        return true;
    }

    private bool ReadService(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        call.From = CdrParty.Of(from.Of(ref line, at), numbers);
        return ReadNames(ref line, at, ref call);
    }

    private bool ReadCount(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        if (call.Cost is null) return Fail(ref line, CdrProblemCode.MissingValue, at[costs[0]], "an amount");
        if (quantity < 0) return true;
        if (!line.Money(at[quantity], out decimal? count)) return false;
        if (count is null) return true;
        if (decimal.Truncate(count.Value) != count || Math.Abs(count.Value) > 1_000_000_000m) return Fail(ref line, CdrProblemCode.UnknownValue, at[quantity], "a whole number");
        call.Quantity = (long)count.Value;
        return true;
    }

    private bool ReadKind(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        if (!Is(answered, ref line, at, otherwise: true, out call.IsAnswered)
            || !Is(inbound, ref line, at, otherwise: false, out var isInbound)
            || !Is(sms, ref line, at, otherwise: false, out var isSms)
            || !Is(data, ref line, at, otherwise: false, out var isData))
            return false;

        call.Direction = isInbound ? CallDirection.In : CallDirection.Out;
        if (isSms || isData)
        {
            call.Kind = isSms ? CdrKind.Sms : CdrKind.Data;
            if (quantity < 0) return true;
            if (!line.WholeNumber(at[quantity], out var units)) return false;
            var each = isData ? mapping.Fields.Quantity!.BytesEach : 1;
            if (units < 0 || units > long.MaxValue / each) return Fail(ref line, CdrProblemCode.UnknownValue, at[quantity], "a quantity");
            call.Quantity = units * each;
            return true;
        }
        return duration < 0 || !call.IsAnswered || line.Seconds(at[duration], out call.DurationSeconds, mapping.Fields.Duration!.Unit);
    }

    private bool ReadParties(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        call.From = CdrParty.Of(from.Of(ref line, at), numbers);
        call.To = CdrParty.Of(to.Of(ref line, at), numbers);
        if (call.To.Text.IsEmpty && call.Kind != CdrKind.Data) return Fail(ref line, CdrProblemCode.BadNumber, to.First(at), "the number called");
        return ReadNames(ref line, at, ref call);
    }

    private bool ReadNames(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        call.Identity = identity.Of(ref line, at);
        call.ChargeCode = chargeCode.Of(ref line, at);
        call.Description = description.Of(ref line, at);
        call.RecordId = recordId.Of(ref line, at);
        call.IsRecordIdShared = mapping.Fields.IsRecordIdShared;
        return !recordId.IsThere || !call.RecordId.IsEmpty || Fail(ref line, CdrProblemCode.MissingValue, recordId.First(at), "the record's id");
    }

    private bool ReadCost(ref CdrLine line, ReadOnlySpan<int> at, ref CallDetailRecord call)
    {
        decimal? sum = null;
        foreach (var cost in costs)
        {
            if (!line.Money(at[cost], out decimal? amount)) return false;
            if (amount is not null) sum = (sum ?? 0) + amount;
        }
        if (mapping.Fields.Cost is { } terms) call.Cost = sum * (terms.IsMinor ? 0.01m : 1m) * (terms.IsNegated ? -1 : 1);
        var code = currency.Of(ref line, at);
        return code.IsEmpty || Currency.TryParse(code, out call.Currency) || Fail(ref line, CdrProblemCode.BadCurrency, currency.First(at), "a currency code such as GBP");
    }

    private CdrLineMeaning Trailer(ref CdrLine line)
    {
        var totals = mapping.Trailer!;
        long? records = null, seconds = null;
        decimal? cost = null;
        if (totals.Records is { } recordsAt)
        {
            if (!line.WholeNumber(recordsAt, out var number)) return line.Problem;
            records = number;
        }
        if (totals.Seconds is { } secondsAt)
        {
            if (!line.WholeNumber(secondsAt, out var number)) return line.Problem;
            seconds = number;
        }
        if (totals.Cost is { } costAt)
        {
            if (!line.Money(costAt, out decimal amount)) return line.Problem;
            cost = amount * (mapping.Fields.Cost?.IsMinor == true ? 0.01m : 1m) * (mapping.Fields.Cost?.IsNegated == true ? -1 : 1);
        }
        line.File.Expect(new CdrTotals(records, seconds, cost));
        return CdrLineMeaning.Trailer;
    }

    private static bool Is(Choice? choice, ref CdrLine line, ReadOnlySpan<int> at, bool otherwise, out bool isYes)
    {
        isYes = otherwise;
        if (choice is null) return true;
        if (choice.Always)
        {
            isYes = true;
            return true;
        }
        isYes = choice.Yes.Has(ref line, at[choice.Column]);
        return isYes || choice.No.Words.Length == 0 || choice.No.Has(ref line, at[choice.Column])
            || Fail(ref line, CdrProblemCode.UnknownValue, at[choice.Column], "one of " + string.Join(", ", choice.Named));
    }

    private static bool Fail(ref CdrLine line, string code, int field, string expected)
    {
        line.Fail(code, field, expected);
        return false;
    }

    private static CdrFormatInfo InfoOf(CarrierMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new(mapping.Id, mapping.Name, mapping.Carrier, mapping.TimeZone is "UTC" or "" ? CdrTimeBase.Utc : CdrTimeBase.Local(mapping.TimeZone))
        {
            FileNames = mapping.FileNames,
            RecognisedBy = "A described carrier: its columns hold what the description says.",
        };
    }

    private static CdrDialect DialectOf(CarrierMapping mapping)
    {
        var byName = mapping.Fields.AllColumns().Any(column => column.Name is not null);
        return new CdrDialect(mapping.Delimiter[0])
        {
            Quote = mapping.Quote.Length == 0 ? '\0' : mapping.Quote[0],
            DecimalComma = mapping.DecimalComma,
            // A heading that is needed comes to the format, which looks for its columns in it.
            Heading = byName || mapping.Heading == false ? CdrHeading.Never : mapping.Heading == true ? CdrHeading.Always : CdrHeading.Detect,
        };
    }

    private Time? TimeOf(MappedTime? time) => time is null
        ? null
        : new(columns.Add(time.Column), time.TimeColumn is { } clock ? columns.Add(clock) : -1, time.Pattern == "unix" ? null : CdrTimePattern.Of(time.Pattern));

    private Words WordsOf(MappedText? text) => text is null
        ? new([], [])
        : new([.. text.All.Select(columns.Add)], Encoding.UTF8.GetBytes(text.Value));

    private Choice? ChoiceOf(MappedChoice? choice) => choice is null
        ? null
        : new(choice.Column is { } column ? columns.Add(column) : -1, new([.. choice.Yes.Select(Encoding.UTF8.GetBytes)]), new([.. choice.No.Select(Encoding.UTF8.GetBytes)]),
            choice.Always, [.. choice.Yes, .. choice.No]);

    private sealed record Time(int Column, int Clock, CdrTimePattern? Pattern)
    {
        public bool TryRead(ref CdrLine line, ReadOnlySpan<int> at, out CdrTime time)
        {
            if (!(Pattern is null ? line.UnixTime(at[Column], out time) : line.DateTime(at[Column], Pattern, out time))) return false;
            if (Clock < 0) return true;
            if (!line.Time(at[Clock], out var sinceMidnight)) return false;
            time = time with { Clock = time.Clock + sinceMidnight };
            return true;
        }
    }

    private readonly record struct Words(int[] Columns, byte[] Otherwise)
    {
        public bool IsThere => Columns.Length > 0;

        public ReadOnlySpan<byte> Of(scoped ref CdrLine line, scoped ReadOnlySpan<int> at)
        {
            foreach (var column in Columns)
            {
                var text = line.Text(at[column]);
                if (!text.IsEmpty) return text;
            }
            return Otherwise;
        }

        public int First(ReadOnlySpan<int> at) => Columns.Length > 0 ? at[Columns[0]] : 0;
    }

    private readonly record struct WordList(byte[][] Words)
    {
        public bool Has(ref CdrLine line, int field)
        {
            foreach (var word in Words)
                if (line.Is(field, word)) return true;
            return false;
        }
    }

    private sealed record Choice(int Column, WordList Yes, WordList No, bool Always, string[] Named);
}
