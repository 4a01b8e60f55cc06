using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Mapping;

/// <summary>Reads the description of a carrier's file and says everything that is wrong with it, each with its place in the document.</summary>
public static class MappingReader
{
    private const int MaxBytes = 262_144;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its bytes; at most 256 KiB.</param>
    /// <returns>The mapping, or <c>mapping.*</c> failures: the first of them, with the others in its message.</returns>
    public static Result<CarrierMapping> Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes) return new Failure("mapping.too-long", $"The description has {json.Length} bytes; {MaxBytes} are enough for any.");
        CarrierMapping? mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<CarrierMapping>(json.Span.StartsWith("\uFEFF"u8) ? json.Span[3..] : json.Span, Options);
        }
        catch (JsonException broken)
        {
            return new Failure("mapping.bad-document", WhatIsWrong(broken));
        }
        if (mapping is null) return new Failure("mapping.bad-document", "The description is empty.");
        var faults = Check(mapping);
        return faults.Count == 0
            ? Result.Of(mapping)
            : new Failure(faults[0].Code, string.Join(" ", faults.Select(fault => fault.Message)));
    }

    /// <summary>Everything that is wrong with a mapping; nothing when it can be used.</summary>
    public static IReadOnlyList<Failure> Check(CarrierMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var faults = new List<Failure>();
        if (mapping.Id.Length is 0 or > 40 || mapping.Id.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
            Wrong("bad-id", "id", $"'{mapping.Id}' must be 1 to 40 lower case letters, digits and dashes.");
        // The page on which a description begins has this address.
        if (mapping.Id == "new") Wrong("bad-id", "id", "'new' can't be an id. Choose another.");
        CheckName("name", mapping.Name);
        CheckName("carrier", mapping.Carrier);
        CheckList("fileNames", mapping.FileNames);
        if (mapping.Delimiter.Length != 1 || mapping.Delimiter[0] is > '\x7E' or '\0' or '\r' or '\n') Wrong("bad-delimiter", "delimiter", "It must be one ASCII character, such as \",\" or \"\\t\".");
        if (mapping.Quote.Length > 1 || mapping.Quote is [> '\x7E' or '\0' or '\r' or '\n'] || (mapping.Quote.Length == 1 && mapping.Quote == mapping.Delimiter))
            Wrong("bad-quote", "quote", "It must be one ASCII character other than the delimiter, or empty.");
        if (mapping.Columns is < 1 or > 1000) Wrong("bad-columns", "columns", "A line has 1 to 1000 columns.");
        var isRecurring = mapping.Kind == MappedKind.Recurring;
        if (mapping.TimeZone.Length == 0 && isRecurring) { }
        else if (mapping.TimeZone.Length == 0) Wrong("missing", "timeZone", "Which clock the file shows is missing: an IANA name such as Europe/London, or UTC.");
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(mapping.TimeZone, out _)) Wrong("bad-time-zone", "timeZone", $"'{mapping.TimeZone}' is no time zone such as Europe/London.");
        if (mapping.Numbers.CountryCode is < 1 or > 999) Wrong("bad-country", "numbers.countryCode", "It must be a country code such as 44.");
        if (mapping.Numbers.NationalPrefix.Length > 4 || mapping.Numbers.NationalPrefix.Any(c => !char.IsAsciiDigit(c)))
            Wrong("bad-prefix", "numbers.nationalPrefix", "It must be up to four digits, or empty.");
        if (mapping.Trailer is { StartsWith.Length: 0 }) Wrong("missing", "trailer.startsWith", "How the trailer begins is missing.");

        var fields = mapping.Fields;
        CheckTime("fields.start", fields.Start);
        CheckTime("fields.end", fields.End);
        if (isRecurring) CheckCharges();
        else if (fields.Start is null && fields.End is null) Wrong("missing", "fields.start", "When a call began (or its end) is missing.");
        if (fields.IsEndExcluded && (!isRecurring || fields.End is null)) Wrong("not-for-calls", "fields.isEndExcluded", "Only recurring charges have a last day.");
        if (!isRecurring && fields.To is null) Wrong("missing", "fields.to", "The column of the called number is missing.");
        if (!isRecurring && fields.Duration is null && fields.Sms is not { Always: true } && fields.Data is not { Always: true })
            Wrong("missing", "fields.duration", "The column of the duration is missing.");
        if (fields.Data is not null && fields.Quantity is null) Wrong("missing", "fields.quantity", "Data needs a column that says how much.");
        if (fields.Quantity is { BytesEach: < 1 or > 1L << 40 }) Wrong("bad-unit", "fields.quantity.bytesEach", "It must be from 1 to 2^40.");
        foreach (var (name, choice) in new[] { ("answered", fields.Answered), ("inbound", fields.Inbound), ("sms", fields.Sms), ("data", fields.Data) })
            if (choice is { Always: false } && (choice.Column is null || choice.Yes.Count == 0))
                Wrong("missing", $"fields.{name}", "It needs a column and the words that mean yes, or always.");
        foreach (var (name, choice) in new[] { ("answered", fields.Answered), ("inbound", fields.Inbound), ("sms", fields.Sms), ("data", fields.Data) })
        {
            CheckList($"fields.{name}.yes", choice?.Yes);
            CheckList($"fields.{name}.no", choice?.No);
        }
        if (fields.Cost is { } cost && cost.All.Count == 0) Wrong("missing", "fields.cost.column", "The column of the cost is missing.");
        foreach (var column in fields.AllColumns())
            if (column is { Name: null, Position: 0 }) Wrong("missing", "fields", "A column is missing: its place from 1, or its name in the heading.");
        if (mapping.Heading == false && fields.AllColumns().FirstOrDefault(column => column.Name is not null) is { Name: { } named })
            Wrong("no-heading", "heading", $"Column '{named}' goes by its name, so there must be a heading.");
        if (mapping.Columns is { } count)
            foreach (var column in fields.AllColumns().Where(column => column.Position > count).Distinct())
                Wrong("bad-column", "columns", $"There is a column {column.Position}, but a line is said to have {count}.");
        return faults;

        void Wrong(string code, string place, string message) => faults.Add(new("mapping." + code, $"{place}: {message}"));

        void CheckName(string place, string name)
        {
            if (name.Trim().Length == 0) Wrong("missing", place, "It is missing.");
            else if (name.Length > 200 || name.Any(char.IsControl)) Wrong("bad-name", place, "It may have 200 characters, and no control characters.");
        }

        void CheckCharges()
        {
            if (fields.Start is null) Wrong("missing", "fields.start", "The first day that a charge is for is missing.");
            if (fields.Cost is null) Wrong("missing", "fields.cost", "The amount is missing.");
            if (fields.From is null && fields.Identity is null) Wrong("missing", "fields.identity", "What a charge is for is missing: a circuit (identity), a number (from), or one column that is both.");
            foreach (var (name, isThere) in new[] { ("to", fields.To is not null), ("duration", fields.Duration is not null), ("answered", fields.Answered is not null), ("inbound", fields.Inbound is not null), ("sms", fields.Sms is not null), ("data", fields.Data is not null) })
                if (isThere) Wrong("not-for-charges", $"fields.{name}", "A recurring charge has none. Take it away.");
            if (mapping.Trailer?.Seconds is not null) Wrong("not-for-charges", "trailer.seconds", "Recurring charges have no seconds. Take it away.");
        }

        // A null in a list is no text, whatever the type of the list says.
        void CheckList(string place, IReadOnlyList<string?>? words)
        {
            if (words?.Contains(null) == true) Wrong("bad-document", place, "null can't be in this list.");
        }

        void CheckTime(string place, MappedTime? time)
        {
            if (time is null || time.Pattern == "unix") return;
            try
            {
                _ = CdrTimePattern.Of(time.Pattern.Length == 0 ? " " : time.Pattern);
                if (!isRecurring && time.TimeColumn is null && !time.Pattern.Contains('H', StringComparison.Ordinal))
                    Wrong("bad-time", place, $"'{time.Pattern}' has no time of day, so the column with it (timeColumn) is missing.");
            }
            catch (FormatException broken)
            {
                Wrong("bad-time", place, broken.Message + " Write it as dd/MM/yyyy HH:mm:ss.");
            }
        }
    }

    private static string WhatIsWrong(JsonException broken)
    {
        var place = broken.Path is { Length: > 0 } path ? path.TrimStart('$').TrimStart('.') : "";
        var line = broken.LineNumber is { } number ? $" (line {number + 1})" : "";
        var unknown = broken.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such member" : "the value is not of the right kind, or the document is no JSON here";
        return $"{(place.Length == 0 ? "The document" : place)}{line}: {unknown}.";
    }
}
