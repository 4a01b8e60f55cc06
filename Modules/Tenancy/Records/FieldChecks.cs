using Billing.Abstractions.Values;

namespace Billing.Tenancy.Records;

/// <summary>What is wrong with the fields of something a person typed or a file said: all of it, each with its field, none with a value changed.</summary>
public sealed class FieldChecks
{
    private readonly List<Failure> failures = [];

    /// <summary>Everything that is wrong, in the order it was checked.</summary>
    public IReadOnlyList<Failure> Failures => failures;

    /// <summary>Notes something that is wrong.</summary>
    public FieldChecks Refuse(string code, string field, string message)
    {
        failures.Add(new Failure(code, message) { Field = field });
        return this;
    }

    /// <summary>Refuses what does not hold.</summary>
    public FieldChecks That(bool holds, string code, string field, string message) => holds ? this : Refuse(code, field, message);

    /// <summary>A text on one line, or on several where <paramref name="mayHaveLines"/>.</summary>
    /// <param name="field">The field.</param>
    /// <param name="label">How the screen calls it: <c>The name</c>.</param>
    /// <param name="value">What was said; null and blank are the same.</param>
    /// <param name="longest">Most characters.</param>
    /// <param name="isRequired">Whether it must be said.</param>
    /// <param name="mayHaveLines">Whether line ends are allowed.</param>
    public FieldChecks Text(string field, string label, string? value, int longest, bool isRequired = false, bool mayHaveLines = false)
    {
        if (string.IsNullOrWhiteSpace(value)) return isRequired ? Refuse("records.missing", field, $"{label} is missing.") : this;
        if (value.Length > longest) return Refuse("records.too-long", field, $"{label} has {value.Length} characters; at most {longest} are kept.");
        return value.Any(c => (char.IsControl(c) && !(mayHaveLines && c is '\r' or '\n')) || char.IsSurrogate(c) && !IsWhole(value))
            ? Refuse("records.bad-text", field, $"{label} has a character in it that can't be printed. Type it again instead of copying it.")
            : this;
    }

    /// <summary>One of some words.</summary>
    public FieldChecks OneOf(string field, string label, string value, params IReadOnlyList<string> words) =>
        That(words.Contains(value, StringComparer.Ordinal), "records.bad-choice", field, $"{label} is '{value}'; it must be one of: {string.Join(", ", words)}.");

    /// <summary>An email address as far as its form goes: something, an at sign, a domain with a dot. Whether mail arrives only sending shows.</summary>
    public FieldChecks Email(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return this;
        var at = value.LastIndexOf('@');
        var isGood = at > 0 && value.Length <= 254 && value.IndexOf('@', StringComparison.Ordinal) == at && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>')
            && value[(at + 1)..] is var domain && domain.Contains('.', StringComparison.Ordinal) && !domain.StartsWith('.') && !domain.EndsWith('.') && !domain.Contains("..", StringComparison.Ordinal);
        return That(isGood, "records.bad-email", field, $"'{value}' is not an email address such as accounts@example.com. Write one address; add another contact for a second one.");
    }

    /// <summary>An amount that the database keeps exactly: at most six decimals, at most twelve digits before the point.</summary>
    public FieldChecks Amount(string field, string label, decimal value) =>
        That(Math.Abs(value) < 1_000_000_000_000m && decimal.Truncate(value * 1_000_000m) == value * 1_000_000m,
            "records.bad-amount", field, $"{label} is {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; at most six decimals are kept, and nothing is rounded behind your back.");

    // A text cut in the middle of a character, which the database refuses.
    private static bool IsWhole(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return false;
            i++;
        }
        return true;
    }
}
