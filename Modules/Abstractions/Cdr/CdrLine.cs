using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// One record's line of a delimited file, already cut into fields. Fields are counted <b>from 1</b>, as carriers' documents count columns.
/// </summary>
/// <remarks>
/// A getter that can fail returns false and the line remembers why (code, field, value), so that a format chains getters with <c>&amp;&amp;</c> and
/// answers <see cref="Problem"/> when the chain breaks. The first problem stays. A field that the line does not have reads as empty.
/// Quotes round a field, doubled quotes in it and spaces at its ends are gone from what getters give. Nothing here allocates.
/// </remarks>
public ref struct CdrLine
{
    private readonly ReadOnlySpan<byte> buffer;
    private readonly ReadOnlySpan<int> ends;
    private readonly int start;
    private readonly LineContext context;
    private readonly bool mayHaveDoubledQuotes;
    private readonly byte quote;
    private readonly int cut;
    private string? code;
    private string? message;
    private int problemField;

    internal CdrLine(ReadOnlySpan<byte> buffer, int start, ReadOnlySpan<int> ends, bool mayHaveDoubledQuotes, long number, int lineCount, LineContext context)
    {
        this.buffer = buffer;
        this.start = start;
        this.ends = ends;
        this.mayHaveDoubledQuotes = mayHaveDoubledQuotes;
        this.context = context;
        quote = context.Quote;
        cut = context.Columns is null ? ends.Length : 0;
        Number = number;
        LineCount = lineCount;
    }

    /// <summary>Line of the file where the record starts, counted from 1.</summary>
    public long Number { get; }

    /// <summary>Lines of the file it covers: more than 1 where a quoted field holds line ends.</summary>
    public int LineCount { get; }

    /// <summary>How many fields there are; on lines of fixed width, how many columns begin on the line.</summary>
    public readonly int FieldCount => context.Columns is null ? ends.Length : CountColumns();

    /// <summary>The bytes as they stand in the file, without the line end.</summary>
    public readonly ReadOnlySpan<byte> Raw => buffer[start..ends[^1]];

    /// <summary>The file the line belongs to.</summary>
    public readonly CdrFile File => context.File;

    /// <summary>What a format returns when a getter has said no.</summary>
#pragma warning disable CA1822 // Reads as what it is, the problem of this line; static it would not.
    public readonly CdrLineMeaning Problem => CdrLineMeaning.Problem;
#pragma warning restore CA1822

    /// <summary>A field's text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ReadOnlySpan<byte> Text(int field)
    {
        var index = field - 1;
        if ((uint)index >= (uint)cut) return Column(index);
        // The index points into the buffer and nowhere else, so nothing is checked twice on the way to the most read bytes of all.
        ref var end = ref Unsafe.Add(ref MemoryMarshal.GetReference(ends), index);
        var from = index == 0 ? start : Unsafe.Add(ref end, -1) + 1;
        var length = end - from;
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(buffer), from);
        var text = MemoryMarshal.CreateReadOnlySpan(ref first, length);
        // Plain text, as most fields are: no quote to take off and no space at an end.
        return length == 0 || (first > ' ' && first != quote && Unsafe.Add(ref first, length - 1) > ' ') ? text : Unwrap(text);
    }

    /// <summary>True when the field is empty or only spaces.</summary>
    public readonly bool IsBlank(int field) => Text(field).IsEmpty;

    /// <summary>True when the field is this text; upper and lower case of ASCII letters are the same.</summary>
    public readonly bool Is(int field, scoped ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(Text(field), text);

    /// <summary>Checks the number of fields; <see cref="CdrProblemCode.BadFieldCount"/>.</summary>
    public bool HasFields(int count) => HasFields(count, count);

    /// <summary>Checks the number of fields, both ends included; <see cref="CdrProblemCode.BadFieldCount"/>.</summary>
    public bool HasFields(int least, int most)
    {
        if (ends.Length >= least && ends.Length <= most) return true;
        return Note(CdrProblemCode.BadFieldCount, 0, least == most
            ? FormattableString.Invariant($"The line has {ends.Length} fields instead of {least}.")
            : FormattableString.Invariant($"The line has {ends.Length} fields instead of {least} to {most}."));
    }

    /// <summary>Checks the length of a line of fixed width in bytes, both ends included; <see cref="CdrProblemCode.BadLength"/>.</summary>
    public bool HasLength(int least, int most)
    {
        var length = ends[^1] - start;
        if (length >= least && length <= most) return true;
        return Note(CdrProblemCode.BadLength, 0, least == most
            ? FormattableString.Invariant($"The line is {length} characters long instead of {least}.")
            : FormattableString.Invariant($"The line is {length} characters long instead of {least} to {most}."));
    }

    /// <summary>Reads a text that must be there; <see cref="CdrProblemCode.MissingValue"/>.</summary>
    public bool Required(int field, out ReadOnlySpan<byte> text)
    {
        text = Text(field);
        return !text.IsEmpty || Expected(CdrProblemCode.MissingValue, field, "some text");
    }

    /// <summary>Reads a date; <see cref="CdrProblemCode.BadTime"/>. Any of <c>/ - .</c> or nothing between the parts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Date(int field, CdrDateOrder order, out DateOnly date) =>
        FieldReader.TryReadDate(Text(field), order, out date) || Expected(CdrProblemCode.BadTime, field, order switch
        {
            CdrDateOrder.DayFirst => "a date such as 31/12/2026",
            CdrDateOrder.MonthFirst => "a date such as 12/31/2026",
            _ => "a date such as 2026-12-31",
        });

    /// <summary>
    /// Reads a time of day, with or without seconds, as time since midnight; <c>24:00:00</c> is a whole day. <see cref="CdrProblemCode.BadTime"/>
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Time(int field, out TimeSpan sinceMidnight) =>
        FieldReader.TryReadTime(Text(field), out sinceMidnight) || Expected(CdrProblemCode.BadTime, field, "a time such as 23:59:59");

    /// <summary>Reads a date from one field and its time of day from another; <see cref="CdrProblemCode.BadTime"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool DateTime(int dateField, int timeField, CdrDateOrder order, out CdrTime time)
    {
        if (context.Dates.TryRead(Text(dateField), order, out var midnight) && FieldReader.TryReadTime(Text(timeField), out var sinceMidnight))
        {
            time = new(midnight + sinceMidnight);
            return true;
        }
        time = default;
        // One of the two fails again, and says why.
        return Date(dateField, order, out _) && Time(timeField, out _);
    }

    /// <summary>Reads date and time written in one field; <see cref="CdrProblemCode.BadTime"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool DateTime(int field, CdrTimePattern pattern, out CdrTime time)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.TryRead(Text(field), out time) || Expected(CdrProblemCode.BadTime, field, $"a time written {pattern}");
    }

    /// <summary>
    /// Reads seconds since 1970 in UTC (a fraction is dropped); zero and nothing are no time. <see cref="CdrProblemCode.BadTime"/>
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool UnixTime(int field, out CdrTime time) =>
        FieldReader.TryReadUnixTime(Text(field), out time) || Expected(CdrProblemCode.BadTime, field, "a time in seconds since 1970");

    /// <summary>
    /// Reads a duration into whole seconds; a fraction makes one more. Negative, missing and absurd (over 200 days) ones are
    /// <see cref="CdrProblemCode.BadDuration"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Seconds(int field, out int seconds, CdrDurationUnit unit = CdrDurationUnit.Seconds) =>
        FieldReader.TryReadSeconds(Text(field), unit, context.DecimalComma, out seconds) || Expected(CdrProblemCode.BadDuration, field, unit switch
        {
            CdrDurationUnit.Milliseconds => "a duration in milliseconds",
            CdrDurationUnit.Minutes => "a duration in minutes",
            CdrDurationUnit.Clock => "a duration such as 1:02:03",
            CdrDurationUnit.Nanoseconds => "a duration in nanoseconds",
            CdrDurationUnit.Spelled => "a duration such as 1h2m3s",
            _ => "a duration in seconds",
        });

    /// <summary>
    /// Reads one end of a call: the text, and the number in it where the rules find one. Text that is no number ("anonymous", a short code, a
    /// SIP user) is no failure; nothing at all is one only where <paramref name="required"/> says so: <see cref="CdrProblemCode.BadNumber"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Party(int field, NumberRules rules, out CdrParty party, bool required = false)
    {
        var text = Text(field);
        party = new(text, CdrParty.NumberOf(text, rules));
        return !(required && text.IsEmpty) || Expected(CdrProblemCode.BadNumber, field, "a telephone number");
    }

    /// <summary>Reads an amount that must be there; <see cref="CdrProblemCode.BadAmount"/>. Major units, at most 18 digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Money(int field, out decimal amount) =>
        FieldReader.TryReadDecimal(Text(field), context.DecimalComma, out amount) || Expected(CdrProblemCode.BadAmount, field, "an amount of money");

    /// <summary>Reads an amount that may be missing: an empty field is null, never zero. <see cref="CdrProblemCode.BadAmount"/></summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Money(int field, out decimal? amount)
    {
        var text = Text(field);
        if (FieldReader.TryReadDecimal(text, context.DecimalComma, out var value))
        {
            amount = value;
            return true;
        }
        amount = null;
        return text.IsEmpty || Expected(CdrProblemCode.BadAmount, field, "an amount of money");
    }

    /// <summary>Reads a currency code that may be missing; anything but three letters is <see cref="CdrProblemCode.BadCurrency"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Currency(int field, out Currency currency)
    {
        var text = Text(field);
        currency = default;
        return text.IsEmpty || Values.Currency.TryParse(text, out currency) || Expected(CdrProblemCode.BadCurrency, field, "a currency code such as GBP");
    }

    /// <summary>Reads a whole number; <see cref="CdrProblemCode.UnknownValue"/>.</summary>
    public bool WholeNumber(int field, out long value) =>
        FieldReader.TryReadInteger(Text(field), out value) || Expected(CdrProblemCode.UnknownValue, field, "a whole number");

    /// <summary>
    /// Notes a problem of the format's own: <c>return line.Fail(CdrProblemCode.UnknownValue, 1, "a call type (V, Z, S)")</c>.
    /// </summary>
    /// <param name="code">Stable, <c>cdr.</c> and words with dashes.</param>
    /// <param name="field">The field at fault, from 1; 0 for the whole line.</param>
    /// <param name="expected">What should stand in the field, to end the sentence "'x' is not ..."; for the whole line the whole sentence.</param>
    public CdrLineMeaning Fail(string code, int field, string expected)
    {
        if (field == 0) Note(code, 0, expected);
        else Expected(code, field, expected);
        return CdrLineMeaning.Problem;
    }

    /// <summary>
    /// For calls that arrive in several lines: keeps a copy of this line with all earlier ones that have the same text in the key fields, and
    /// gives them all, oldest first. Return <see cref="CdrLineMeaning.Held"/> while parts are missing; <see cref="CdrLineMeaning.Record"/> ends the
    /// call and lets its lines go. See <see cref="CdrJoiner"/>.
    /// </summary>
    /// <param name="keyFields">Fields, from 1, whose texts together name the call.</param>
    public CdrParts Join(params scoped ReadOnlySpan<int> keyFields) => context.Joiner.AddLine(ref this, keyFields, context);

    internal readonly bool HasProblem => code is not null;

    internal readonly string ProblemCode => code ?? CdrProblemCode.UnknownValue;

    internal readonly string ProblemField => problemField == 0 ? "" : context.NameOf(problemField);

    internal readonly string ProblemMessage => message ?? "The line is not a record of this format.";

    internal readonly int Start => start;

    internal readonly ReadOnlySpan<int> Ends => ends;

    /// <summary>True when each field is empty or starts with a letter, and one does: what column names look like and records never do.</summary>
    internal readonly bool LooksLikeNames()
    {
        var any = false;
        for (var i = 1; i <= FieldCount; i++)
        {
            var text = Text(i);
            if (text.IsEmpty) continue;
            if (!char.IsAsciiLetter((char)text[0]) && text[0] < 0x80) return false;
            any = true;
        }
        return any;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly ReadOnlySpan<byte> Column(int index)
    {
        if (context.Columns is not { } columns || (uint)index >= (uint)columns.Length) return [];
        var line = buffer[start..ends[^1]];
        var column = columns[index];
        return column.From > line.Length ? [] : Trim(line[(column.From - 1)..Math.Min(column.To, line.Length)]);
    }

    private readonly int CountColumns()
    {
        var count = 0;
        foreach (var column in context.Columns!)
            if (column.From <= ends[^1] - start) count++;
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Expected(string problem, int at, string expected)
    {
        if (code is not null) return false;
        var text = Text(at);
        var name = context.NameOf(at);
        var place = name == FormattableString.Invariant($"{at}") ? $"Field {name}" : FormattableString.Invariant($"Field {at} ({name})");
        return Note(problem, at, text.IsEmpty ? $"{place} is empty; it must be {expected}." : $"{place}: '{CdrText.Excerpt(text)}' is not {expected}.");
    }

    private bool Note(string problem, int at, string sentence)
    {
        if (code is null) (code, problemField, message) = (problem, at, sentence);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> text)
    {
        if (text[0] <= ' ' || text[^1] <= ' ')
        {
            text = Trim(text);
            if (text.IsEmpty) return text;
        }
        if (text[0] != quote || text.Length < 2 || text[^1] != quote) return text;
        text = text[1..^1];
        if (mayHaveDoubledQuotes) text = Undouble(text);
        return text.IsEmpty || (text[0] > ' ' && text[^1] > ' ') ? text : Trim(text);
    }

    private readonly ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf(quote) < 0) return text;
        var scratch = context.Scratch(text.Length);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            scratch[length++] = text[i];
            if (text[i] == quote && i + 1 < text.Length && text[i + 1] == quote) i++;
        }
        return scratch[..length];
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int from = 0, to = text.Length;
        while (from < to && text[from] is (byte)' ' or (byte)'\t' or 0x1A) from++;
        while (to > from && text[to - 1] is (byte)' ' or (byte)'\t' or 0x1A) to--;
        return text[from..to];
    }
}
