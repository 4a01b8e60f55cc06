namespace Billing.Host.Demo;

/// <summary>One month of call files of three carriers, and what the generator knows about every line of them. One seed always gives the same bytes.</summary>
/// <param name="Files">In the order to import them, which is that of their names.</param>
/// <param name="Copies">Files that are another one under a new name: to be refused.</param>
/// <param name="Overlap">How daily and monthly files agree.</param>
sealed record DemoTraffic(IReadOnlyList<DemoFile> Files, IReadOnlyList<(string Name, DemoFile Of)> Copies, DemoOverlap Overlap)
{
    private const int OrdinaryCalls = 17_850;

    /// <summary>Makes the calls and writes them down, in memory.</summary>
    /// <param name="reseller">Whose customers call.</param>
    public static DemoTraffic Make(DemoReseller reseller)
    {
        var maker = new DemoCallMaker(new DemoRandom(reseller.Seed, "calls"));
        var calls = new List<DemoCall>();
        var weights = reseller.Accounts.Sum(a => a.Services.Sum(s => s.Usage.Sum(u => u.Weight)));
        foreach (var account in reseller.Accounts)
            foreach (var usage in account.Services.SelectMany(s => s.Usage))
            {
                var count = usage.Calls ?? Math.Max(1, OrdinaryCalls * usage.Weight / weights);
                for (var i = 0; i < count; i++) calls.Add(maker.Ordinary(account, usage));
            }
        calls.AddRange(new DemoTraps(reseller, maker, new DemoRandom(reseller.Seed, "traps")).Make());

        var random = new DemoRandom(reseller.Seed, "files");
        var gamma = new GammaFiles(random).Make([.. Of(DemoCarrier.Gamma)], out var overlap);
        var files = gamma.Concat(new PreratedFiles(random).Make([.. Of(DemoCarrier.Prerated)])).Concat(AsteriskFiles.Make([.. Of(DemoCarrier.Asterisk)]));
        return new DemoTraffic([.. files.OrderBy(f => f.Name, StringComparer.Ordinal)], [("resent_17032026_SIP.txt", gamma[16])], overlap);

        IEnumerable<DemoCall> Of(DemoCarrier carrier) => calls.Where(c => c.Carrier == carrier);
    }

    /// <summary>What is to be found in the files, and what the reseller does about it.</summary>
    public DemoExpectations Expect(DemoReseller reseller) => DemoExpectations.Of(reseller, this);

    /// <summary>Puts the files into a folder, which is made when it is not there; files with the same names are replaced.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Files) await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Bytes(), cancellationToken);
        foreach (var (name, of) in Copies) await File.WriteAllBytesAsync(Path.Combine(folder, name), of.Bytes(), cancellationToken);
    }
}
