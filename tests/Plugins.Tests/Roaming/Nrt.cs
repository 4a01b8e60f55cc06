namespace Billing.Plugins.Tests.Roaming;

/// <summary>NRTRDE files made of what a test says.</summary>
static class Nrt
{
    public static Ber File(IReadOnlyCollection<Ber> events, long? count = null, long version = 2) => Ber.Of(1,
        Ber.Number(41, version), Ber.Number(37, 1), Ber.Text(38, "AAA01"), Ber.Text(36, "GBRYY"), Ber.Text(39, "0000007"), Ber.Text(31, "20260228143000"), Ber.Text(45, "+0100"),
        Ber.Of(2, [.. events]), Ber.Number(20, count ?? events.Count));

    public static Ber Event(int tag, string at, long seconds, params Ber[] others) => Ber.Of(tag, [
        Ber.Digits(34, Tap.Imsi), Ber.Text(21, at), Ber.Text(45, "+0100"), Ber.Number(19, seconds), Ber.Number(24, 0), .. others]);

    public static Ber Service(string teleservice) => Ber.Of(46, Ber.Text(43, teleservice));
}
