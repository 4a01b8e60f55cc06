namespace Billing.Host.Demo;

/// <summary>
/// Hands out telephone numbers, each once, from the blocks that Ofcom keeps for drama: sixteen towns with a thousand numbers each. In every block 000-299 goes
/// out in hundreds, 300-449 in tens, 450-579 one by one; 580-589 belongs to nobody, and 600-999 is left to be called.
/// </summary>
sealed class NumberStock
{
    /// <summary>Last three digits of the first number that is only ever called.</summary>
    public const int FirstCalled = 600;

    private readonly int[] hundreds = new int[Towns.Count];
    private readonly int[] tens = new int[Towns.Count];
    private readonly int[] singles = new int[Towns.Count];
    private int circuits;

    /// <summary>Where the blocks are: the number ending in 000, and the place as carriers print it.</summary>
    public static IReadOnlyList<(ulong Block, string Place)> Towns { get; } =
    [
        (441632960000, "NATIONAL"), (442079460000, "LONDON"), (441214960000, "BIRMINGHAM"), (441614960000, "MANCHESTER"),
        (441134960000, "LEEDS"), (441144960000, "SHEFFIELD"), (441154960000, "NOTTINGHAM"), (441164960000, "LEICESTER"),
        (441174960000, "BRISTOL"), (441184960000, "READING"), (441314960000, "EDINBURGH"), (441414960000, "GLASGOW"),
        (441514960000, "LIVERPOOL"), (441914980000, "TYNESIDE"), (442896496000, "BELFAST"), (442920180000, "CARDIFF"),
    ];

    /// <summary>A hundred numbers that follow each other.</summary>
    public ulong Hundred(int town) => Take(hundreds, ref town, 3, 0, 100);

    /// <summary>Ten numbers that follow each other.</summary>
    public ulong Ten(int town) => Take(tens, ref town, 15, 300, 10);

    /// <summary>One number.</summary>
    public ulong One(int town) => Take(singles, ref town, 130, 450, 1);

    /// <summary>The first of a town's ten numbers that no service has.</summary>
    public static ulong NobodysTen(int town) => Towns[town].Block + 580;

    /// <summary>The place of a geographic number, or null.</summary>
    public static string? PlaceOf(ulong number)
    {
        foreach (var (block, place) in Towns)
            if (number / 1000 * 1000 == block) return place;
        return null;
    }

    /// <summary>A trunk's name as the carrier of 42-column files writes it.</summary>
    public string Trunk(DemoRandom random)
    {
        circuits++;
        var letters = new string([(char)('A' + random.Below(26)), (char)('A' + random.Below(26)), (char)('A' + random.Below(26))]);
        return $"HC2N26{letters}{circuits:00}{random.Below(1000):000}";
    }

    // A town that is sold out sends the customer to the next one.
    private static ulong Take(int[] taken, ref int town, int most, int first, int step)
    {
        for (var tries = 0; tries < Towns.Count; tries++, town = (town + 1) % Towns.Count)
            if (taken[town] < most) return Towns[town].Block + (ulong)(first + step * taken[town]++);
        throw new InvalidOperationException("The demo has more numbers to give than Ofcom keeps for drama.");
    }
}
