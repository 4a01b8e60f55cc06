using System.Text.RegularExpressions;

namespace Billing.Tidy.Tests.Tree;

/// <summary>
/// The worked figures of the rule book, and the tests that hold them. Who removes or renames one of those tests hears of it here: the figure then needs another.
/// </summary>
public sealed partial class VectorsTest
{
    private const string Engine = "tests/Rating.Tests/Engine/WorkedVectorTests.cs", Table = "R2_R3_R6_R16_N2_N5_T2_the_worked_vectors_come_out";
    private const string Proration = "tests/Invoicing.Tests/Charges/ProrationTests.cs", Tax = "tests/Invoicing.Tests/Tax/TaxTotalsTests.cs", Days = "tests/Invoicing.Tests/Calendars/BankDaysTests.cs";
    private const string Runs = "tests/Invoicing.Tests/BillingRuns/BillingRunTests.cs", Draws = "tests/Invoicing.Tests/Allowances/DrawTests.cs", Zones = "tests/Rating.Tests/Engine/ZoneClockTests.cs";

    private static readonly (int Vector, string What, string File, string Method)[] Held =
    [
        (1, "intervals of 61 s", Engine, Table),
        (2, "set-up and rounding up", Engine, Table),
        (3, "minimum with and without set-up", Engine, Table),
        (4, "a call over the boundary of two bands", Engine, Table),
        (5, "the call that crosses an allowance", "tests/Rating.Tests/Allowances/AllowanceDrawingTests.cs", "The_call_that_crosses_is_treated_as_the_allowance_says"),
        (5, "the same, on a bill", Draws, "The_crossing_call_is_split_and_billed"),
        (6, "service and access charge", Engine, Table),
        (6, "the same, each part by itself", "tests/Rating.Tests/Engine/ServiceChargeTests.cs", "N5_each_part_has_its_own_interval_and_is_rounded_by_itself"),
        (7, "20 a month from 15 May", Proration, "Twenty_pounds_a_month_from_the_15th_of_May"),
        (8, "30 to 33 on 11 May", Proration, "A_rise_from_30_to_33_on_the_11th_of_May_is_two_slices"),
        (9, "10 over three owners", "tests/Invoicing.Tests/MoneyTests.cs", "Ten_pounds_over_three_owners_are_3_33_3_33_and_3_34"),
        (10, "seven lines, tax by line", Tax, "Seven_lines_of_1_13_by_line"),
        (10, "seven lines, tax on the total", Tax, "Seven_lines_of_1_13_at_20_percent_are_1_58_once_on_the_total"),
        (11, "three lines, tax on the total", Tax, "Three_lines_of_0_33_are_0_20_half_up_where_rounding_down_gives_0_19"),
        (12, "ten working days of notice", Days, "Ten_working_days_over_easter"),
        (13, "a Bacs cycle", Days, "A_bacs_cycle_over_easter"),
        (14, "a SEPA notice", Days, "Fourteen_days_of_sepa_notice"),
        (15, "01:30 twice", Engine, Table),
        (15, "the same, as two instants", Zones, "T2_vector_15_half_past_one_on_the_night_the_clocks_go_back_is_two_instants"),
        (16, "01:30 never", Engine, Table),
        (16, "the same, as no instant", Zones, "T2_vector_16_half_past_one_on_the_night_the_clocks_go_forward_is_no_instant"),
        (17, "a month from the 31st", "tests/Invoicing.Tests/Charges/RecurringChargeTests.cs", "A_month_anchored_on_the_31st_clamps_without_drifting"),
        (18, "the longest prefix in force", "tests/Rating.Tests/Engine/LookupTests.cs", "N2_vector_18_the_longest_prefix_in_force_at_the_start_wins_and_an_expired_one_falls_back"),
        (19, "a number that moves at midnight", Runs, "A_call_belongs_to_the_owner_at_its_start"),
        (20, "the same file, renamed", Runs, "The_same_bytes_are_taken_once"),
        (21, "a rental and two cutoffs", Runs, "A_rental_is_charged_once_whatever_the_cutoffs"),
        (22, "priced again with an allowance", Draws, "Pricing_again_does_not_drain_twice"),
        (23, "a cap and a late call", Draws, "No_more_than_the_cap_is_billed"),
        (24, "a thousand invoices, broken off", Runs, "Posting_goes_on_where_it_stopped"),
        (24, "a worker that is killed", "tests/Host.Tests/Jobs/KilledWorkerTests.cs", "A_posting_whose_worker_is_killed_goes_on_and_every_account_has_one_invoice_and_one_PDF"),
        (25, "a credit, and the allowance back", Draws, "A_credit_of_a_billed_call_gives_its_minutes_back"),
        (25, "the credit of vector 2", Engine, Table),
    ];

    [Fact]
    public void Every_worked_figure_has_its_test() => Held.Select(one => one.Vector).Distinct().ShouldBe(Enumerable.Range(1, 25));

    [Fact]
    public void Those_tests_are_there_and_run()
    {
        var gone = Held.Where(one => !Tests(one.File).Contains(one.Method)).Select(one => $"vector {one.Vector}, {one.What}: {one.File} has no test {one.Method}");
        gone.ShouldBeEmpty();
    }

    // Methods that follow a [Fact] or [Theory] that is not skipped.
    private static HashSet<string> Tests(string file) => !Repository.Files.Contains(file)
        ? []
        : [.. Test().Matches(string.Join('\n', Repository.LinesOf(file)!)).Where(match => !match.Groups[1].Value.Contains("Skip", StringComparison.Ordinal)).Select(match => match.Groups[2].Value)];

    [GeneratedRegex(@"\[(?:Fact|Theory)([^\n]*)\n(?:\s*\[[^\n]*\n)*\s*public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();
}
