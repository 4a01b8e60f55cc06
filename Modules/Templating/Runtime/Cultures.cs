using System.Collections.Frozen;
using System.Globalization;

namespace Billing.Templating.Runtime;

/// <summary>The cultures a template can ask for by name.</summary>
/// <remarks>
/// The product runs without the machine's culture data, so that a document never depends on where it was made. The few a reseller's
/// customers read are therefore written out here; a language's own name stands for all its countries unless the country differs.
/// </remarks>
static class Cultures
{
    public static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static readonly FrozenDictionary<string, CultureInfo> All = Build();

    /// <summary>The culture of that name; null when it is not one of ours.</summary>
    public static CultureInfo? Find(string name)
    {
        if (name.Length == 0 || string.Equals(name, "invariant", StringComparison.OrdinalIgnoreCase)) return Invariant;
        if (All.TryGetValue(name, out var culture)) return culture;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && All.TryGetValue(name[..dash], out culture) ? culture : null;
    }

    private static FrozenDictionary<string, CultureInfo> Build()
    {
        var all = new Dictionary<string, CultureInfo>(StringComparer.OrdinalIgnoreCase)
        {
            ["en"] = Make(",", ".", "$", "M/d/yyyy", "h:mm:ss tt", null, null),
            ["en-GB"] = Make(",", ".", "£", "dd/MM/yyyy", "HH:mm:ss", null, null),
            ["en-IE"] = Make(",", ".", "€", "dd/MM/yyyy", "HH:mm:ss", null, null),
            ["en-AU"] = Make(",", ".", "$", "d/MM/yyyy", "h:mm:ss tt", null, null),
            ["fr"] = Make("\u202f", ",", "€", "dd/MM/yyyy", "HH:mm:ss",
                "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
                "dimanche lundi mardi mercredi jeudi vendredi samedi",
                "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "dim. lun. mar. mer. jeu. ven. sam."),
            ["de"] = Make(".", ",", "€", "dd.MM.yyyy", "HH:mm:ss",
                "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
                "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
                "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.", "So Mo Di Mi Do Fr Sa"),
            ["es"] = Make(".", ",", "€", "d/M/yyyy", "H:mm:ss",
                "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
                "domingo lunes martes miércoles jueves viernes sábado",
                "ene feb mar abr may jun jul ago sept oct nov dic", "dom lun mar mié jue vie sáb"),
            ["it"] = Make(".", ",", "€", "dd/MM/yyyy", "HH:mm:ss",
                "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
                "domenica lunedì martedì mercoledì giovedì venerdì sabato",
                "gen feb mar apr mag giu lug ago set ott nov dic", "dom lun mar mer gio ven sab"),
            ["nl"] = Make(".", ",", "€", "dd-MM-yyyy", "HH:mm:ss",
                "januari februari maart april mei juni juli augustus september oktober november december",
                "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
                "jan feb mrt apr mei jun jul aug sep okt nov dec", "zo ma di wo do vr za"),
            ["pt"] = Make(".", ",", "€", "dd/MM/yyyy", "HH:mm:ss",
                "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
                "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
                "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.", "dom. seg. ter. qua. qui. sex. sáb."),
            ["cy"] = Make(",", ".", "£", "dd/MM/yyyy", "HH:mm:ss",
                "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
                "Sul Llun Mawrth Mercher Iau Gwener Sadwrn",
                "Ion Chwef Maw Ebr Mai Meh Gorff Awst Medi Hyd Tach Rhag", "Sul Llun Maw Mer Iau Gwen Sad"),
        };
        return all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static CultureInfo Make(
        string group, string point, string currency, string date, string time, string? months, string? days, string? shortMonths = null, string? shortDays = null)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        numbers.NumberGroupSeparator = numbers.CurrencyGroupSeparator = numbers.PercentGroupSeparator = group;
        numbers.NumberDecimalSeparator = numbers.CurrencyDecimalSeparator = numbers.PercentDecimalSeparator = point;
        numbers.CurrencySymbol = currency;
        // English countries write the sign in front, the others behind with a space.
        numbers.CurrencyPositivePattern = months is null || currency == "£" ? 0 : 3;
        numbers.CurrencyNegativePattern = months is null || currency == "£" ? 1 : 8;
        numbers.PercentPositivePattern = months is null || currency == "£" ? 1 : 0;
        numbers.PercentNegativePattern = months is null || currency == "£" ? 1 : 0;

        var format = culture.DateTimeFormat;
        format.ShortDatePattern = date;
        format.LongTimePattern = time;
        if (months is not null && days is not null)
        {
            format.MonthNames = format.MonthGenitiveNames = [.. months.Split(' '), ""];
            format.DayNames = days.Split(' ');
            format.AbbreviatedMonthNames = format.AbbreviatedMonthGenitiveNames = [.. (shortMonths ?? months).Split(' '), ""];
            format.AbbreviatedDayNames = (shortDays ?? days).Split(' ');
        }
        return CultureInfo.ReadOnly(culture);
    }
}
