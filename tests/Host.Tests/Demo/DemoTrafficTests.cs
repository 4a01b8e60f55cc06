using System.Security.Cryptography;
using System.Text;
using Billing.Host.Demo;

namespace Billing.Host.Tests.Demo;

public sealed class DemoTrafficTests
{
    private static DemoTraffic Traffic => Demos.Traffic;

    private static DemoExpectations Expected => Demos.Expected;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Hash(2026).ShouldBe(Hash(2026));
        Hash(7).ShouldNotBe(Hash(2026));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2026UL)]
    [InlineData(987_654_321UL)]
    public void Some_twenty_thousand_calls_are_made_whatever_the_seed(ulong seed)
    {
        var reseller = DemoReseller.Make(seed);
        DemoTraffic.Make(reseller).Expect(reseller).Calls.ShouldBeInRange(19_500, 20_500);
    }

    [Fact]
    public void Every_line_has_one_fate_and_the_counts_add_up()
    {
        Expected.ByFate.Values.Sum().ShouldBe(Expected.Lines);
        foreach (var file in Traffic.Files)
        {
            file.ByFate.Values.Sum().ShouldBe(file.Lines.Count);
            (file.Count(DemoFate.Heading) + file.Records + file.BadLines).ShouldBe(file.Lines.Count);
            file.Lines.Select(l => l.Number).ShouldBe(Enumerable.Range(1, file.Lines.Count));
            Encoding.UTF8.GetString(file.Bytes()).Count(c => c == '\n').ShouldBe(file.Lines.Count - (file.IsCutOff ? 1 : 0));
        }
    }

    [Fact]
    public void Each_kind_of_trouble_is_there_as_often_as_planned()
    {
        Expected.Count(DemoFate.Late).ShouldBe(17);
        Expected.Count(DemoFate.Held).ShouldBe(14);
        Expected.Count(DemoFate.TooOld).ShouldBe(3);
        Expected.Count(DemoFate.Unassigned).ShouldBe(38 + 27 + 14 + 9);
        Expected.Count(DemoFate.NotOwnedOnDay).ShouldBe(5);
        Expected.Count(DemoFate.UnknownDestination).ShouldBe(6 + 4);
        Expected.Count(DemoFate.Reversal).ShouldBe(2);
        Expected.Count(DemoFate.ZeroSeconds).ShouldBe(5);
        Expected.Count(DemoFate.Withdrawn).ShouldBe(5);
        Expected.Count(DemoFate.Duplicate).ShouldBe(6 + 5 + 2 + 4 + 3);
        Expected.Count(DemoFate.BadLine).ShouldBe(4 + 3 + 2);
        Expected.DoubtfulTimes.ShouldBe(1);
    }

    [Fact]
    public void The_fixes_and_what_stays_open_cover_every_error_once() =>
        (Expected.Fixes.Sum(f => f.Calls) + Expected.LeftOpen.Sum(l => l.Lines)).ShouldBe(Expected.Errors);

    [Fact]
    public void Daily_and_monthly_files_overlap_as_the_manifest_says()
    {
        var gamma = Traffic.Files.Where(f => f.Carrier == DemoCarrier.Gamma).ToList();
        gamma.Count(f => !f.IsMonthly).ShouldBe(31);
        var month = gamma.Single(f => f.IsMonthly).Lines.Where(l => l.Call is not null).ToDictionary(l => l.Call!.RecordId);
        var days = gamma.Where(f => !f.IsMonthly).SelectMany(f => f.Lines).Where(l => l.Call is not null && l.Fate != DemoFate.BadLine)
            .GroupBy(l => l.Call!.RecordId).ToDictionary(g => g.Key, g => g.First());
        var both = days.Keys.Where(month.ContainsKey).ToList();
        var overlap = Traffic.Overlap;

        both.Count.ShouldBe(overlap.InBoth);
        both.Count(id => days[id].Text != month[id].Text).ShouldBe(overlap.Corrected);
        month.Keys.Count(id => !days.ContainsKey(id)).ShouldBe(overlap.OnlyInMonthly);
        days.Values.Count(l => !month.ContainsKey(l.Call!.RecordId) && l.Call.Day is { Year: 2026, Month: 3 }).ShouldBe(overlap.OnlyInDaily);
        days.Values.Count(l => l.Call!.Day is not { Year: 2026, Month: 3 }).ShouldBe(overlap.OutsideMonth);
        Expected.Count(DemoFate.Superseded).ShouldBe(overlap.InBoth);
    }

    [Fact]
    public void The_wholesale_price_is_the_rate_rounded_up_to_a_tenth_of_a_penny_but_for_corrections_gifts_reversals_and_surcharges()
    {
        var priced = Traffic.Files.Where(f => f.Carrier == DemoCarrier.Gamma && !f.IsMonthly).SelectMany(f => f.Lines)
            .Where(l => l.Call is { IsFree: false, Surcharge: 0, Cost: >= 0 }).Select(l => l.Call!).ToList();
        priced.Count.ShouldBeGreaterThan(8_000);
        foreach (var call in priced) call.Cost.ShouldBe(decimal.Ceiling(call.Seconds * call.Destination.CostPerMinute / 60m * 1000m) / 1000m);
    }

    [Fact]
    public void One_account_makes_calls_for_many_pages_and_one_none_at_all()
    {
        Expected.Usage[Demos.Reseller.Account(DemoShape.Heavy).Number].Calls.ShouldBeGreaterThan(1_500);
        Expected.Usage.ContainsKey(Demos.Reseller.Account(DemoShape.RentalOnly).Number).ShouldBeFalse();
        Demos.Reseller.Account(DemoShape.CallsOnly).Subscriptions.ShouldBeEmpty();
        Expected.Usage[Demos.Reseller.Account(DemoShape.CallsOnly).Number].Calls.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Calls_of_a_number_belong_to_whoever_had_it_when_they_started()
    {
        foreach (var call in Traffic.Files.SelectMany(f => f.Lines).Select(l => l.Call).OfType<DemoCall>().Where(c => c.Account is not null))
        {
            var owner = Demos.Reseller.Accounts.Single(a => a.Number == call.Account);
            var held = owner.Services.SelectMany(s => s.Assignments).Where(a => call.Identity is { } circuit ? a.Circuit == circuit : a.Circuit is null && a.First <= call.Caller && call.Caller <= a.Last);
            held.ShouldContain(a => a.Valid.Contains(call.Day), $"{call.Account} {call.Identity} {call.Caller} {call.Day:yyyy-MM-dd}");
        }
    }

    [Fact]
    public void Nothing_starts_in_the_hour_that_is_skipped_but_for_one_trap()
    {
        var local = Traffic.Files.Where(f => f.Carrier == DemoCarrier.Gamma && f.IsMonthly).SelectMany(f => f.Lines).Select(l => l.Call).OfType<DemoCall>()
            .Select(c => c.LocalStart).Where(t => t.Date == new DateTime(2026, 3, 29) && t.Hour == 1).ToList();
        local.ShouldBe([new DateTime(2026, 3, 29, 1, 30, 0)]);
    }

    [Fact]
    public async Task The_folder_holds_the_files_and_the_renamed_copy()
    {
        var folder = Directory.CreateTempSubdirectory("demo-files ");
        try
        {
            await Traffic.WriteAsync(folder.FullName);
            folder.GetFiles().Length.ShouldBe(Traffic.Files.Count + Traffic.Copies.Count);
            foreach (var (name, of) in Traffic.Copies)
                (await File.ReadAllBytesAsync(Path.Combine(folder.FullName, name))).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, of.Name)));
            // Imported by name, a copy comes after what it copies.
            Traffic.Copies.ShouldAllBe(c => string.CompareOrdinal(c.Name, c.Of.Name) > 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Hash(ulong seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in DemoTraffic.Make(DemoReseller.Make(seed)).Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Name));
            hash.AppendData(file.Bytes());
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
