using System.Globalization;
using Billing.Abstractions.Cdr;

namespace Billing.Rating.RateCards;

/// <summary>One row of a rate sheet on its way to a rate; faults are noted with line and column.</summary>
sealed class RateSheetRow(RateSheetColumns columns, IReadOnlyList<string> fields, int line, TariffErrors errors)
{
    private bool isBad;

    public Rate? ToRate(RateFrame frame)
    {
        var kind = ReadKind();
        var key = ReadKey();
        var destination = Cell(RateSheetColumns.Destination);
        if (destination.Length == 0) Refuse("tariff.missing-member", RateSheetColumns.Destination, "The destination is empty; it is what invoices print.");
        var isFree = Flag("free") ?? false;
        var perMinute = Price(RateSheetColumns.PerMinute);
        var perMessage = Price(RateSheetColumns.PerMessage);
        var perMegabyte = Price(RateSheetColumns.PerMegabyte);
        var stages = ReadStages();
        var range = ReadServiceRange();
        var costPlus = ReadCostPlus();
        var terms = ReadTerms();
        var (from, to) = (Date("from"), Date("to"));
        if (isBad || key is null) return null;

        var rate = new Rate
        {
            Kind = kind,
            KeyKind = key.Value.Kind,
            Key = key.Value.Text,
            Destination = destination,
            IsFree = isFree,
            PerMinute = perMinute,
            PerMessage = perMessage,
            PerMegabyte = perMegabyte,
            Stages = stages,
            ServiceRange = range,
            CostPlusPercent = costPlus,
            Terms = terms,
            From = from,
            To = to,
        };
        RateChecks.Check(rate, frame, member => Place(ColumnOf(member)), errors);
        return rate;
    }

    private (RateKeyKind Kind, string Text)? ReadKey()
    {
        (RateKeyKind Kind, string Column, string Text)[] keys =
        [
            (RateKeyKind.Prefix, RateSheetColumns.Prefix, Cell(RateSheetColumns.Prefix).TrimStart('+')),
            (RateKeyKind.ChargeCode, RateSheetColumns.ChargeCode, Cell(RateSheetColumns.ChargeCode)),
            (RateKeyKind.ShortCode, RateSheetColumns.ShortCode, Cell(RateSheetColumns.ShortCode)),
            (RateKeyKind.Any, RateSheetColumns.Any, Flag(RateSheetColumns.Any) is true ? "any" : ""),
        ];
        var said = keys.Where(key => key.Text.Length > 0).ToList();
        if (said.Count != 1)
        {
            Refuse("tariff.bad-key", keys.First(key => columns.Has(key.Column)).Column, said.Count == 0
                ? "The row says nothing that the rate is found by."
                : $"The row has {string.Join(" and ", said.Select(key => key.Column))}. A rate is found by one of them: write two rows.");
            return null;
        }
        var (kind, column, text) = said[0];
        if (kind == RateKeyKind.Any) return (kind, "");
        if (RateKeyText.WhatIsWrong(kind, text) is not { } wrong) return (kind, text);
        Refuse("tariff.bad-key", column, wrong);
        return null;
    }

    private CdrKind ReadKind()
    {
        switch (Cell(RateSheetColumns.Kind).ToLowerInvariant())
        {
            case "" or "voice": return CdrKind.Voice;
            case "sms": return CdrKind.Sms;
            case "data": return CdrKind.Data;
            case var other:
                Refuse("tariff.unknown-word", RateSheetColumns.Kind, $"'{other}' is not one of: voice, sms, data.");
                return CdrKind.Voice;
        }
    }

    private string? ReadServiceRange()
    {
        var text = Cell(RateSheetColumns.ServiceCharge);
        if (text.Length == 0) return null;
        // A spreadsheet takes the zero from 084; there is only one range it can have been.
        if (text is "84" or "87" or "9") text = "0" + text;
        if (!ServiceRanges.IsKnown(text)) Refuse("tariff.unknown-word", RateSheetColumns.ServiceCharge, $"'{text}' is not a range with service charges: {ServiceRanges.Names}.");
        return text;
    }

    private decimal? ReadCostPlus()
    {
        var percent = Amount(RateSheetColumns.CostPlusPercent);
        if (percent > CostMarkup.HighestPercent)
            Refuse("tariff.bad-percent", RateSheetColumns.CostPlusPercent, $"{percent} % is more than {CostMarkup.HighestPercent} %: is it a typing error?");
        return percent;
    }

    /// <summary>A sheet has room for one later stage; a document for any number.</summary>
    private RateStage[] ReadStages()
    {
        var after = Seconds(RateSheetColumns.After, 1);
        var price = Price(RateSheetColumns.ThenPerMinute);
        var (first, next) = (Seconds("then_first", 1), Seconds("then_next", 1));
        if (after is { } seconds && price is not null && first is { } f && next is { } n) return [new RateStage(seconds, price, f, n)];
        if ((after is not null || price is not null || first is not null || next is not null) && !isBad)
            Refuse("tariff.missing-member", RateSheetColumns.After, "A later price has all four: after, then_per_minute, then_first and then_next.");
        return [];
    }

    private RateTerms ReadTerms()
    {
        var (first, next) = (Seconds("first", 1), Seconds("next", 1));
        if (first is null != next is null && !isBad) Refuse("tariff.missing-member", first is null ? "first" : "next", "An interval has both: first and next.");
        var terms = new RateTerms
        {
            Connection = Price(RateSheetColumns.Connection),
            PerCall = Price(RateSheetColumns.PerCall),
            FirstSeconds = first,
            NextSeconds = next,
            FreeSeconds = Seconds("free_seconds", 0),
            MinimumSeconds = Seconds("minimum_seconds", 0),
            Minimum = Amount("minimum"),
            MinimumIncludesConnection = Flag("minimum_includes_connection"),
            Maximum = Amount("maximum"),
            MaximumIncludesConnection = Flag("maximum_includes_connection"),
        };
        return terms == RateTerms.Unsaid ? RateTerms.Unsaid : terms;
    }

    /// <summary>One price, or one a band; the cell of the plain column stands for bands left empty.</summary>
    private BandPrice? Price(string column)
    {
        var flat = Amount(column);
        if (columns.Bands.Count == 1) return flat is { } only ? BandPrice.Flat(only) : null;

        var prices = new decimal?[columns.Bands.Count];
        for (var band = 0; band < prices.Length; band++) prices[band] = Amount(columns.InBand(column, band)) ?? flat;
        if (prices.All(price => price is null) || isBad) return null;
        if (prices.All(price => price is not null)) return BandPrice.PerBand([.. prices.Select(price => price!.Value)]);

        var missing = Enumerable.Range(0, prices.Length).Where(band => prices[band] is null).Select(band => columns.InBand(column, band));
        Refuse("tariff.missing-band-price", column, $"There is no price in: {string.Join(", ", missing)}. Fill every band, or {column} for the rest.");
        return null;
    }

    private decimal? Amount(string column)
    {
        var text = Cell(column);
        if (text.Length == 0) return null;
        if (PriceText.Read(text, out var price) is not { } wrong) return price;
        Refuse(wrong.Code, column, wrong.Message);
        return null;
    }

    private int? Seconds(string column, int atLeast)
    {
        var text = Cell(column);
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= atLeast && seconds <= TariffReader.LongestIntervalSeconds)
            return seconds;
        Refuse("tariff.bad-seconds", column, $"'{text}' is not a whole number of seconds from {atLeast} to {TariffReader.LongestIntervalSeconds}.");
        return null;
    }

    private bool? Flag(string column)
    {
        switch (Cell(column).ToLowerInvariant())
        {
            case "": return null;
            case "true" or "yes": return true;
            case "false" or "no": return false;
            case var other:
                Refuse("tariff.bad-member", column, $"'{other}' is neither true nor false.");
                return null;
        }
    }

    private DateOnly? Date(string column)
    {
        var text = Cell(column);
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Refuse("tariff.bad-date", column, $"'{text}' is not a date. Write it as 2026-03-31: 03/04/2026 is March to some and April to others.");
        return null;
    }

    private string Cell(string column) => columns.TryGetPosition(column, out var position) && position < fields.Count ? fields[position] : "";

    private void Refuse(string code, string column, string message)
    {
        isBad = true;
        errors.Add(code, Place(column), message);
    }

    private string Place(string column) => columns.Place(line, column);

    // The rules speak of the document's members; the sheet has columns for them.
    private static string ColumnOf(string member) => member switch
    {
        "perMinute" => RateSheetColumns.PerMinute,
        "perCall" => RateSheetColumns.PerCall,
        "perMessage" => RateSheetColumns.PerMessage,
        "perMegabyte" => RateSheetColumns.PerMegabyte,
        "serviceCharge" => RateSheetColumns.ServiceCharge,
        "costPlusPercent" => RateSheetColumns.CostPlusPercent,
        "stages" => RateSheetColumns.After,
        "interval" => "first",
        "freeSeconds" => "free_seconds",
        "minimumSeconds" => "minimum_seconds",
        _ => member,
    };
}
