namespace Billing.Abstractions.Values;

/// <summary>A currency by its ISO 4217 code. Two are equal when their codes are.</summary>
public readonly record struct Currency
{
    // One text per code that was ever read: a file has a million lines and one currency. Two threads that race write the same value.
    private static readonly string?[] Known = new string?[26 * 26 * 26];

    private readonly string? code;

    private Currency(string code) => this.code = code;

    /// <summary>The ISO 4217 code, three capital letters.</summary>
    /// <exception cref="InvalidOperationException">The value was never set (<c>default</c>).</exception>
    public string Code => code ?? throw new InvalidOperationException("A currency was used before it was set.");

    /// <summary>True for <c>default</c>, which is no currency: a file may name none.</summary>
    public bool IsUnset => code is null;

    /// <summary>Decimal places of the smallest coin: 2 for GBP, 0 for JPY, 3 for KWD. Invoice lines and totals have these.</summary>
    public int Decimals => Code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Sterling.</summary>
    public static Currency Gbp { get; } = new("GBP");

    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = new("EUR");

    /// <summary>Reads a three-letter code in capitals. Whether ISO still lists it is not checked: old files name old money.</summary>
    public static Result<Currency> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 3 && text.All(char.IsAsciiLetterUpper)
            ? text switch { "GBP" => Gbp, "EUR" => Eur, _ => new Currency(text) }
            : new Failure("money.bad-currency", $"'{text}' is not a currency code of three capital letters such as GBP.");
    }

    /// <summary>Reads the bytes of a file; the same rule as <see cref="Parse"/>. Allocates only when it meets a code for the first time.</summary>
    public static bool TryParse(ReadOnlySpan<byte> ascii, out Currency currency)
    {
        currency = default;
        if (ascii.Length != 3) return false;
        var index = 0;
        foreach (var c in ascii)
        {
            var letter = (uint)(c - 'A');
            if (letter > 25) return false;
            index = index * 26 + (int)letter;
        }
        currency = new(Known[index] ??= System.Text.Encoding.ASCII.GetString(ascii));
        return true;
    }

    /// <summary>Reads a code that is known to be right, such as one of our own.</summary>
    /// <exception cref="InvalidOperationException">It is not three capital letters.</exception>
    public static Currency Of(string code) => Parse(code).ValueOrThrow();

    /// <summary>The code, or a dash for <c>default</c>.</summary>
    public override string ToString() => code ?? "-";
}
