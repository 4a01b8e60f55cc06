namespace Billing.Plugins.Tests.Roaming;

/// <summary>TAP files made of what a test says. Networks, visitors and calls are invented; the telephone numbers are kept for drama.</summary>
static class Tap
{
    public const string Imsi = "001010123456789";

    /// <summary>A batch that claims as many events as it has, unless a test says otherwise.</summary>
    public static Ber Batch(IReadOnlyCollection<Ber> events, long? count = null, long? places = 3, string? currency = "EUR", string? tapCurrency = null, long version = 3) => Ber.Of(1,
        Ber.Of(4,
            Ber.Text(196, "AAA01"), Ber.Text(182, "GBRYY"), Ber.Text(109, "00042"), LongTime(108, "20260301060000", "+0100"),
            LongTime(227, "20260228235959", "+0100"), LongTime(107, "20260301060500", "+0100"), Ber.Number(201, version), Ber.Number(189, 12)),
        Ber.Of(5, [
            .. currency is null ? (Ber[])[] : [Ber.Text(135, currency)], .. tapCurrency is null ? (Ber[])[] : [Ber.Text(210, tapCurrency)],
            .. places is null ? (Ber[])[] : [Ber.Number(244, places.Value)]]),
        Ber.Of(6, Ber.Of(234, Offset(1, "+0100"), Offset(2, "-0330")), Ber.Of(188, Ber.Of(183, Ber.Number(184, 1), Ber.Number(186, 1), Ber.Text(400, "SWITCH1")))),
        Ber.Of(3, [.. events]),
        Ber.Of(15, Ber.Number(415, 0), Ber.Number(226, 0), Ber.Number(225, 0), Ber.Number(43, count ?? events.Count)));

    public static Ber Notification() => Ber.Of(2,
        Ber.Text(196, "AAA01"), Ber.Text(182, "GBRYY"), Ber.Text(109, "00043"), LongTime(107, "20260302060000", "+0100"), LongTime(227, "20260302000000", "+0100"), Ber.Number(201, 3), Ber.Number(189, 12));

    /// <summary>A call that a visitor made.</summary>
    public static Ber Originated(string teleservice, Ber destination, long seconds, Ber? charge = null, string at = "20260228142500", long offset = 1, Ber? location = null) => Ber.Of(9, [
        Ber.Of(147, Subscriber(), destination, Time(44, at, offset), Ber.Number(223, seconds)),
        location ?? Ber.Of(138, Ber.Of(156, Ber.Number(184, 1))),
        Ber.Of(38, Ber.Of(39, [Ber.Of(36, Ber.Of(426, Ber.Text(218, teleservice))), .. charge is null ? (Ber[])[] : [charge]]))]);

    /// <summary>A call that reached a visitor.</summary>
    public static Ber Terminated(string teleservice, Ber originator, long seconds, Ber? charge = null, string at = "20260228150000") => Ber.Of(10,
        Ber.Of(153, Subscriber(), originator, Time(44, at, 1), Ber.Number(223, seconds)),
        Ber.Of(38, Ber.Of(39, [Ber.Of(36, Ber.Of(426, Ber.Text(218, teleservice))), .. charge is null ? (Ber[])[] : [charge]])));

    /// <summary>A data session.</summary>
    public static Ber Data(long bytesIn, long bytesOut, long seconds, Ber? charge = null, long offset = 1) => Ber.Of(14,
        Ber.Of(114, Ber.Of(115, Subscriber()), Ber.Of(116, Ber.Text(261, "data.example")), Time(44, "20260228160000", offset), Ber.Number(223, seconds), Ber.Number(72, 7)),
        Ber.Of(121, [Ber.Number(250, bytesIn), Ber.Number(251, bytesOut), .. charge is null ? (Ber[])[] : [charge]]));

    /// <summary>A service that a visitor switched on.</summary>
    public static Ber Supplementary(Ber? charge = null) => Ber.Of(11,
        Subscriber(), Ber.Of(206, [Ber.Text(209, "21"), Ber.Number(208, 0), Time(74, "20260228161500", 1), .. charge is null ? (Ber[])[] : [charge]]));

    /// <summary>Charges by type: 00 is the whole, others say what it is made of.</summary>
    public static Ber Charges(params (string Type, long Units)[] charges) => Ber.Of(70, Charge(charges));

    /// <summary>The same, where there is no list of several.</summary>
    public static Ber Charge(params (string Type, long Units)[] charges) =>
        Ber.Of(69, Ber.Text(66, "D"), Ber.Of(64, [.. charges.Select(charge => Ber.Of(63, Ber.Text(71, charge.Type), Ber.Number(62, charge.Units)))]));

    public static Ber Called(string digits) => Ber.Of(89, Ber.Digits(407, digits), Ber.Text(42, "LONDON"));

    public static Ber Dialled(string digits) => Ber.Of(89, Ber.Text(279, digits));

    public static Ber Subscriber() => Ber.Of(427, Ber.Of(199, Ber.Digits(129, Imsi), Ber.Digits(152, "447700900123")));

    public static Ber Time(int tag, string local, long offset) => Ber.Of(tag, Ber.Text(16, local), Ber.Number(232, offset));

    private static Ber LongTime(int tag, string local, string offset) => Ber.Of(tag, Ber.Text(16, local), Ber.Text(231, offset));

    private static Ber Offset(long code, string offset) => Ber.Of(233, Ber.Number(232, code), Ber.Text(231, offset));
}
