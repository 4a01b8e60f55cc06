using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Engine;

/// <summary>Writes the steps down, each with the numbers it was done with and a sentence.</summary>
readonly struct StepRecorder(Tariff tariff) : IStepRecorder
{
    public List<RatingStep> Steps { get; } = [];

    public void Matched(in CallToRate call, int position)
    {
        var rate = tariff.Rates[position];
        var what = rate.KeyKind switch
        {
            RateKeyKind.ChargeCode => $"The carrier's charge code {rate.Key} is",
            RateKeyKind.Any => "No other rate matches, so it is",
            _ => $"{call.To} matches {rate.Label},",
        };
        var since = rate.From is { } from ? string.Create(CultureInfo.InvariantCulture, $", in force from {from:yyyy-MM-dd}") : "";
        var until = rate.To is { } to ? string.Create(CultureInfo.InvariantCulture, $" until before {to:yyyy-MM-dd}") : "";
        Add("rate", $"{what} {rate.Destination}{since}{until}.",
            ("by", rate.KeyKind switch { RateKeyKind.Prefix => "prefix", RateKeyKind.ChargeCode => "chargeCode", RateKeyKind.ShortCode => "shortCode", _ => "any" }),
            ("key", rate.Key), ("destination", rate.Destination), ("position", position));
    }

    public void Unmatched(in CallToRate call, bool isKnown)
    {
        var code = call.ChargeCode.IsEmpty ? "" : $" (charge code {Encoding.UTF8.GetString(call.ChargeCode)})";
        var why = isKnown ? "has rates, but none in force on that day" : "matches no rate";
        Add("no-rate", $"{(call.To.IsUnset ? "The record" : call.To.ToString())}{code} {why}.", ("known", isKnown));
    }

    public void NoDuration() => Add("no-duration", "A call of 0 seconds is kept and not charged.", ("seconds", 0));

    public void NoQuantity(CdrKind kind) =>
        Add("no-quantity", kind == CdrKind.Sms ? "A record of 0 messages is kept and not charged." : "A session of 0 bytes is kept and not charged.", ("quantity", 0));

    public void CarrierAmount(decimal cost) =>
        Add("carrier-amount", $"The carrier's own amount is passed on as it is: {Show(cost)}.", ("amount", cost));

    public void MarkedUp(decimal cost, decimal percent, decimal amount) =>
        Add("cost-markup", $"The carrier's cost of {Show(cost)} plus {Show(percent)} % is {Show(amount)}.", ("cost", cost), ("percent", percent), ("amount", amount));

    public void Free() => Add("free", "This destination is free of charge.", ("amount", 0m));

    public void BelowMinimumSeconds(int seconds, int minimumSeconds) =>
        Add("too-short", $"{seconds} s is less than {minimumSeconds} s, below which a call is free.", ("seconds", seconds), ("minimumSeconds", minimumSeconds), ("amount", 0m));

    public void StartedInBand(in CallToRate call, int band, int offsetSeconds)
    {
        var local = call.StartedAt.ToUniversalTime().AddSeconds(offsetSeconds).DateTime;
        var at = local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        Add("band", $"It started at {local.ToString("HH:mm:ss 'on' dddd, d MMMM yyyy", CultureInfo.InvariantCulture)} in {tariff.TimeZone.Id}: {BandName(band)}.",
            ("band", BandName(band)), ("startedAtLocal", at));
    }

    public void Interval(int seconds, CompiledTerms terms, int billable)
    {
        var free = terms.FreeSeconds == 0 ? "" : $" The first {terms.FreeSeconds} s are free.";
        var text = billable == 0
            ? $"{seconds} s: nothing left to charge.{free}"
            : $"{seconds} s count as {billable} s: at least {terms.FirstSeconds}, then in steps of {terms.NextSeconds}.{free}";
        Add("duration", text, ("seconds", seconds), ("freeSeconds", terms.FreeSeconds), ("first", terms.FirstSeconds), ("next", terms.NextSeconds), ("billable", billable));
    }

    public void Stage(int seconds, int freeSeconds, in CompiledStage stage, int billable)
    {
        var isLast = stage.To == int.MaxValue;
        var free = freeSeconds == 0 ? "" : $" The first {freeSeconds} s are free.";
        var which = stage.From == 0 ? $"up to {stage.To} s" : isLast ? $"after {stage.From} s" : $"from {stage.From} s to {stage.To} s";
        Add("stage", $"Of {seconds} s, the part {which} counts as {billable} s: at least {stage.FirstSeconds}, then in steps of {stage.NextSeconds}.{free}",
            ("seconds", seconds), ("freeSeconds", freeSeconds), ("after", stage.From), ("until", isLast ? CallToRate.LongestDurationSeconds : stage.To),
            ("first", stage.FirstSeconds), ("next", stage.NextSeconds), ("billable", billable));
    }

    public void Slice(int band, decimal perMinute, int seconds) =>
        Add("slice", $"{seconds} s at {Show(perMinute)} a minute ({BandName(band)}).", ("band", BandName(band)), ("perMinute", perMinute), ("seconds", seconds));

    public void Usage(decimal amount) => Add("usage", $"Usage: {Show(amount)}.", ("amount", amount));

    public void Messages(long count, decimal price, decimal amount) =>
        Add("messages", $"{count} {(count == 1 ? "message" : "messages")} at {Show(price)}: {Show(amount)}.", ("messages", count), ("perMessage", price), ("amount", amount));

    public void Data(long bytes, DataUnit unit, long billable, decimal perMegabyte, decimal amount) =>
        Add("data", $"{bytes} bytes count as {billable}: up to whole {unit.RoundUpToBytes}. At {Show(perMegabyte)} for {unit.MegabyteBytes} bytes: {Show(amount)}.",
            ("bytes", bytes), ("roundUpTo", unit.RoundUpToBytes), ("billable", billable), ("perMegabyte", perMegabyte), ("megabyte", unit.MegabyteBytes), ("amount", amount));

    public void PerCall(decimal price, decimal amount) => Add("per-call", $"Plus {Show(price)} for the call: {Show(amount)}.", ("add", price), ("amount", amount));

    public void Connection(decimal price, decimal amount) =>
        Add("connection", $"Plus the connection charge of {Show(price)}: {Show(amount)}.", ("add", price), ("amount", amount));

    public void Minimum(decimal minimum, bool includesConnection, decimal before, decimal after) =>
        Add("minimum", $"The minimum of {Show(minimum)}{Scope(includesConnection)} {(before == after ? "is reached" : $"raises it to {Show(after)}")}.",
            ("minimum", minimum), ("includesConnection", includesConnection), ("amount", after));

    public void Maximum(decimal maximum, bool includesConnection, decimal before, decimal after) =>
        Add("maximum", $"The maximum of {Show(maximum)}{Scope(includesConnection)} {(before == after ? "is not exceeded" : $"lowers it to {Show(after)}")}.",
            ("maximum", maximum), ("includesConnection", includesConnection), ("amount", after));

    public void Service(decimal amount) => Add("service-charge", $"That is the service charge of the number called: {Show(amount)}.", ("amount", amount));

    public void Access(int seconds, AccessCharge terms, int billable, decimal amount) =>
        Add("access-charge", $"The access charge: {seconds} s count as {billable} s (at least {terms.FirstSeconds}, then in steps of {terms.NextSeconds}), at {Show(terms.PerMinute)} a minute: {Show(amount)}.",
            ("seconds", seconds), ("first", terms.FirstSeconds), ("next", terms.NextSeconds), ("billable", billable), ("perMinute", terms.PerMinute), ("amount", amount));

    public void Parts(decimal service, decimal access, decimal amount) =>
        Add("parts", $"Service charge {Show(service)} and access charge {Show(access)}: {Show(amount)}.", ("service", service), ("access", access), ("amount", amount));

    public void Reversed(decimal amount) => Add("reversal", $"The carrier takes the call back, so the charge is turned round: {Show(amount)}.", ("amount", amount));

    public void Rounded(decimal before, decimal after)
    {
        var rounding = tariff.Rounding;
        var mode = TariffWriter.NameOf(rounding.Mode);
        var text = rounding.Level == RoundingLevel.Line
            ? $"Not rounded here: the invoice line is, {mode} to {Show(rounding.Unit)}."
            : $"Rounded {mode} to a multiple of {Show(rounding.Unit)}: {Show(after)}.";
        Add("round", text, ("mode", mode), ("unit", rounding.Unit), ("level", TariffWriter.NameOf(rounding.Level)), ("amount", after));
    }

    private string BandName(int band) => tariff.TimeBands[band].Name;

    private static string Scope(bool includesConnection) => includesConnection ? ", connection included," : " before connection";

    /// <summary>For people: eight decimals at most. The exact number is among the values.</summary>
    private static string Show(decimal value)
    {
        var shown = decimal.Round(value, 8, MidpointRounding.AwayFromZero);
        return shown.ToString("0.00######", CultureInfo.InvariantCulture) is var text && shown == value ? text : $"about {text}";
    }

    private void Add(string name, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var list = new List<KeyValuePair<string, object>>(values.Length);
        foreach (var (key, value) in values) list.Add(new(key, value));
        Steps.Add(new RatingStep(name, list, text));
    }
}
