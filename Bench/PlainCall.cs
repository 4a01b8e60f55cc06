using CsvHelper;

namespace Billing.Bench;

/// <summary>A line of <see cref="CallFile"/> as CsvHelper reads it, by code that its generator writes.</summary>
[CsvRecord]
internal sealed partial class PlainCall
{
    [CsvColumn("caller_id")] public ulong Caller { get; set; }
    [CsvColumn("recipient")] public ulong Called { get; set; }
    [CsvColumn("call_date"), CsvFormat("dd/MM/yyyy")] public DateOnly CallDate { get; set; }
    [CsvColumn("end_time"), CsvFormat("HH:mm:ss")] public TimeOnly EndTime { get; set; }
    [CsvColumn("duration")] public int Duration { get; set; }
    [CsvColumn("cost")] public decimal Cost { get; set; }
    [CsvColumn("reference")] public string Reference { get; set; } = "";
    [CsvColumn("currency")] public string Currency { get; set; } = "";
}
