using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// One element of a JSON or XML file. Its values are asked for by <b>path</b>: names with dots between them, from within the element.
/// </summary>
/// <remarks>
/// <para><c>variables.billsec</c> is the property <c>billsec</c> of the object <c>variables</c>, or the text of such XML elements. Of an array, or of several XML
/// siblings with one name, the members are <c>callflow.1</c>, <c>callflow.2</c> and so on in JSON, and <c>leg</c>, <c>leg.2</c>, <c>leg.3</c> in XML; an XML attribute
/// is <c>leg.@id</c>.</para>
/// <para>A getter that can fail returns false and the element remembers why, so that a format chains getters with <c>||</c> and answers <see cref="Problem"/>
/// when the chain breaks. The first problem stays. A path that is not there reads as empty, as do JSON's null and an empty element.</para>
/// </remarks>
public ref struct CdrElement
{
    private readonly ElementIndex index;
    private string? code;
    private string? message;
    private string? problemPath;

    internal CdrElement(ElementIndex index, ReadOnlySpan<byte> raw, long number, CdrFile file)
    {
        this.index = index;
        Raw = raw;
        Number = number;
        File = file;
    }

    /// <summary>Which element of the file it is, counted from 1.</summary>
    public long Number { get; }

    /// <summary>The bytes as they stand in the file, from its first brace or bracket to its last.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>The file the element belongs to.</summary>
    public CdrFile File { get; }

    /// <summary>What a format returns when a getter has said no.</summary>
#pragma warning disable CA1822 // Reads as what it is, the problem of this element; static it would not.
    public readonly CdrLineMeaning Problem => CdrLineMeaning.Problem;
#pragma warning restore CA1822

    /// <summary>A value as UTF-8, without escapes and outer spaces. Valid during this call of the format.</summary>
    public readonly ReadOnlySpan<byte> Text(string path) => index[path].Trim(" \t\r\n"u8);

    /// <summary>True when the element has such a path, even if there is nothing in it.</summary>
    public readonly bool Has(string path) => index.Has(path);

    /// <summary>True when there is no such value, or only spaces.</summary>
    public readonly bool IsBlank(string path) => Text(path).IsEmpty;

    /// <summary>True when the value is this text; upper and lower case of ASCII letters are the same.</summary>
    public readonly bool Is(string path, scoped ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(Text(path), text);

    /// <summary>Reads a text that must be there; <see cref="CdrProblemCode.MissingValue"/>.</summary>
    public bool Required(string path, out ReadOnlySpan<byte> text)
    {
        text = Text(path);
        return !text.IsEmpty || Expected(CdrProblemCode.MissingValue, path, "some text");
    }

    /// <summary>Reads date and time; <see cref="CdrProblemCode.BadTime"/>.</summary>
    public bool DateTime(string path, CdrTimePattern pattern, out CdrTime time)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.TryRead(Text(path), out time) || Expected(CdrProblemCode.BadTime, path, $"a time written {pattern}");
    }

    /// <summary>
    /// Reads seconds since 1970 in UTC (a fraction is dropped); zero and nothing are no time. <see cref="CdrProblemCode.BadTime"/>
    /// </summary>
    public bool UnixTime(string path, out CdrTime time) =>
        FieldReader.TryReadUnixTime(Text(path), out time) || Expected(CdrProblemCode.BadTime, path, "a time in seconds since 1970");

    /// <summary>
    /// Reads a duration into whole seconds; a fraction makes one more. Negative, missing and absurd (over 200 days) ones are <see cref="CdrProblemCode.BadDuration"/>.
    /// </summary>
    public bool Seconds(string path, out int seconds, CdrDurationUnit unit = CdrDurationUnit.Seconds) =>
        FieldReader.TryReadSeconds(Text(path), unit, decimalComma: false, out seconds) || Expected(CdrProblemCode.BadDuration, path, "a duration");

    /// <summary>
    /// Reads one end of a call: the text, and the number in it where the rules find one. Text that is no number is no failure; nothing at all is one only where
    /// <paramref name="required"/> says so: <see cref="CdrProblemCode.BadNumber"/>.
    /// </summary>
    public bool Party(string path, NumberRules rules, out CdrParty party, bool required = false)
    {
        party = CdrParty.Of(Text(path), rules);
        return !(required && party.Text.IsEmpty) || Expected(CdrProblemCode.BadNumber, path, "a telephone number");
    }

    /// <summary>Reads an amount that may be missing: nothing is null, never zero. Major units, with a point. <see cref="CdrProblemCode.BadAmount"/></summary>
    public bool Money(string path, out decimal? amount)
    {
        var text = Text(path);
        amount = FieldReader.TryReadDecimal(text, decimalComma: false, out var value) ? value : null;
        return amount is not null || text.IsEmpty || Expected(CdrProblemCode.BadAmount, path, "an amount of money");
    }

    /// <summary>Reads a currency code that may be missing; anything but three letters is <see cref="CdrProblemCode.BadCurrency"/>.</summary>
    public bool Currency(string path, out Currency currency)
    {
        var text = Text(path);
        currency = default;
        return text.IsEmpty || Values.Currency.TryParse(text, out currency) || Expected(CdrProblemCode.BadCurrency, path, "a currency code such as GBP");
    }

    /// <summary>Reads a whole number; <see cref="CdrProblemCode.UnknownValue"/>.</summary>
    public bool WholeNumber(string path, out long value) =>
        FieldReader.TryReadInteger(Text(path), out value) || Expected(CdrProblemCode.UnknownValue, path, "a whole number");

    /// <summary>Notes a problem of the format's own.</summary>
    /// <param name="problem">Stable, <c>cdr.</c> and words with dashes.</param>
    /// <param name="path">The value at fault; empty for the whole element.</param>
    /// <param name="expected">What should stand there, to end the sentence "'x' is not ..."; for the whole element the whole sentence.</param>
    public CdrLineMeaning Fail(string problem, string path, string expected)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > 0) Expected(problem, path, expected);
        else if (code is null) (code, problemPath, message) = (problem, "", expected);
        return CdrLineMeaning.Problem;
    }

    internal readonly string ProblemCode => code ?? CdrProblemCode.UnknownValue;

    internal readonly string ProblemField => problemPath ?? "";

    internal readonly string ProblemMessage => message ?? "The element is not a record of this format.";

    private bool Expected(string problem, string path, string expected)
    {
        if (code is not null) return false;
        var text = Text(path);
        (code, problemPath) = (problem, path);
        message = text.IsEmpty ? $"{path} is missing; it must be {expected}." : $"{path}: '{CdrText.Excerpt(text)}' is not {expected}.";
        return false;
    }
}
