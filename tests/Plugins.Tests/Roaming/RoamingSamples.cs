using static Billing.Plugins.Tests.Roaming.Tap;

namespace Billing.Plugins.Tests.Roaming;

/// <summary>The samples of the roaming formats, as they are written: their bytes lie in the plugin's folder, and can't be edited there.</summary>
static class RoamingSamples
{
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } = new Dictionary<string, Func<byte[]>>
    {
        ["CDAAA01GBRYY00042.ber"] = () => Batch().Definite(),
        // Some switches write as they go and don't know a length before.
        ["CDAAA01GBRYY00042.indefinite.ber"] = () => Batch().Indefinite(),
        ["NRAAA01GBRYY0000007.ber"] = () => NearRealTime().Definite(),
    };

    private static Ber Batch() => Tap.Batch(
    [
        Originated("11", Called("442079460018"), 95, Charges(("00", 1900), ("01", 1500), ("02", 400)), location: Ber.Of(138, Ber.Of(156, Ber.Number(184, 1), Ber.Bytes(45, 0x00, 0x1F, 0xA2)))),
        Terminated("11", Ber.Of(41, Ber.Digits(405, "441632960001")), 153, Charges(("00", 306))),
        Originated("22", Ber.Of(89, Ber.Digits(407, "447700900000"), Ber.Text(419, "447700900456")), 0, Charges(("00", 120))),
        Terminated("21", Ber.Of(41, Ber.Text(425, "MyBank")), 0),
        Data(1_200_000_000, 2_200_000_000, 500, Charges(("00", 66600))),
        Supplementary(),
        Supplementary(Charge(("00", 250))),
        Originated("12", Dialled("112"), 40, Charges(("00", 0)), at: "20260228235959", offset: 2),
        Originated("11", Dialled("01632960002"), 12, Charges(("00", 24), ("00", 6))),
        Data(-2, 10, 5),
        Ber.Of(433, Ber.Number(439, 1), Time(447, "20260228170000", 1)),
        Originated("11", Called("442079460018"), 30, offset: 9),
    ]);

    private static Ber NearRealTime() => Nrt.File(
    [
        Nrt.Event(3, "20260228141200", 43, Nrt.Service("11"), Ber.Text(30, "02079460018"), Ber.Text(27, "442079460018"), Ber.Number(23, 8102), Ber.Number(25, 42)),
        Nrt.Event(4, "20260228141300", 0, Nrt.Service("21"), Ber.Text(22, "447700900456")),
        Nrt.Event(5, "20260228141400", 3600, Ber.Text(16, "data.example"), Ber.Number(28, 42_000_000), Ber.Number(29, 84_000_000)),
        Nrt.Event(3, "20260228141500", 0, Ber.Text(42, "21")),
        Nrt.Event(3, "20260231141500", 5, Nrt.Service("11"), Ber.Text(27, "442079460018")),
        Nrt.Event(9, "20260228141600", 5),
    ]);
}
