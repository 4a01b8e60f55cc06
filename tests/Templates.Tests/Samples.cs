using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Invoicing.Documents;

namespace Billing.Templates.Tests;

/// <summary>Invoices to render. The small ones are files, in the form in which <c>billing template render --model</c> takes them.</summary>
static class Samples
{
    public static readonly string[] Names = ["small", "draft", "credit", "zero", "reverse-charge", "unitemised", "card", "unregistered"];

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    sealed record Globals(InvoiceDocument Invoice);

    public static InvoiceDocument Invoice(string name) => Read(Text(name));

    public static string Text(string name) => File.ReadAllText(Repository.File("tests", "Templates.Tests", "Models", name + ".json"));

    public static InvoiceDocument Read(string json) => JsonSerializer.Deserialize<Globals>(json, Json)!.Invoice;

    /// <summary>An invoice whose every free text is the given one. What the program itself chooses (dates, kinds, the currency) stays.</summary>
    public static InvoiceDocument Saying(string text, InvoiceDocument invoice)
    {
        var root = JsonSerializer.SerializeToNode(new Globals(invoice), Json)!;
        Replace(root);
        return Read(root.ToJsonString());

        void Replace(JsonNode node)
        {
            if (node is JsonObject members)
            {
                foreach (var (name, value) in members.ToList())
                {
                    if (IsText(value) && !IsChosen(name, value!)) members[name] = text;
                    else if (value is not null) Replace(value);
                }
            }
            else if (node is JsonArray items)
            {
                for (var i = 0; i < items.Count; i++)
                {
                    if (IsText(items[i])) items[i] = text;
                    else Replace(items[i]!);
                }
            }
        }

        static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

        static bool IsChosen(string name, JsonNode value) =>
            name is "currency" or "kind" or "method" or "category" or "tax_category" or "country" || DateTime.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _);
    }

    /// <summary>A busy customer: services with the given numbers of calls, each with rental, so that the itemisation runs over many pages.</summary>
    public static InvoiceDocument Heavy(params int[] callsByService)
    {
        var small = Invoice("small");
        string[] names = ["UK local and national", "UK mobile EE", "UK mobile O2", "Ireland", "France", "Germany mobile", "USA", "Special services 0843", "Côte d'Ivoire"];
        string[] prefixes = ["+4416329600", "+4477009000", "+4477009001", "+3531555", "+33199000", "+491555", "+1202555", "+448439000", "+2252721"];
        decimal[] prices = [0.012m, 0.08m, 0.082m, 0.03m, 0.035m, 0.11m, 0.015m, 0.07m, 0.412m];
        var seed = 12345u;
        var services = callsByService.Select((calls, index) => ServiceOf(index, calls)).ToList();
        var items = services.SelectMany(service => service.Items).ToList();
        var lines = services.SelectMany(LinesOf).Select((line, index) => line with { Line = index + 1 }).ToList();
        var net = lines.Sum(line => line.Net);
        var vat = Pence(net * 0.2m);
        return small with
        {
            Lines = lines,
            Groups =
            [
                new("recurring", "Services and rental", lines.Where(line => line.Kind == "recurring").Sum(line => line.Net)),
                new("usage", "Calls", services.Sum(service => service.Billed)),
            ],
            Taxes = [new("standard", 20, net, vat, null)],
            Net = net,
            Vat = vat,
            Gross = net + vat,
            Usage = new UsageStatement(small.Usage!.Period, items.Count, items.Sum(call => (long)call.Seconds), items.Sum(call => call.Charge),
                services.Sum(service => service.Billed), true,
                [.. items.GroupBy(call => call.Destination)
                    .Select(calls => new DestinationUsage(calls.Key, calls.Count(), calls.Sum(call => (long)call.Seconds), calls.Sum(call => call.Charge)))
                    .OrderByDescending(destination => destination.Charge)],
                services, 0, items.Count(call => call.IsLate)),
        };

        ServiceUsage ServiceOf(int index, int count)
        {
            var calls = Enumerable.Range(0, count).Select(n => CallOf(n, count)).ToList();
            var charge = calls.Sum(call => call.Charge);
            return new($"020 7946 {200 + index:0000} - Site {index + 1}", count, calls.Sum(call => (long)call.Seconds), charge, Pence(charge), calls);
        }

        CallItem CallOf(int n, int count)
        {
            var which = Next(names.Length);
            var seconds = 1 + Next(Next(40) == 0 ? 9000 : 400);
            var startedAt = new DateTime(2026, 2, 1, 6, 0, 0).AddSeconds(n * (27.5 * 86400 / count));
            var number = prefixes[which] + Next(1000).ToString("000", CultureInfo.InvariantCulture);
            return new(startedAt, $"+44207946{200 + Next(3):0000}", number[..Math.Min(number.Length, 13)], names[which], seconds,
                seconds < 3600 ? $"{seconds / 60}:{seconds % 60:00}" : $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}",
                startedAt.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "Weekend" : startedAt.Hour is >= 8 and < 18 ? "Peak" : "Off-peak",
                decimal.Round(prices[which] * seconds / 60, 4, MidpointRounding.AwayFromZero), n == 3);
        }

        IEnumerable<InvoiceLine> LinesOf(ServiceUsage service) =>
        [
            new(0, "recurring", "SIP trunk, 10 channels", service.Label, 10, 4.50m, new(new(2026, 3, 1), new(2026, 3, 31)), null, 45m, "standard", 20, "4000"),
            new(0, "usage", "Calls", service.Label, service.Calls, null, small.Usage!.Period, null, service.Billed, "standard", 20, "4010"),
        ];

        // A generator of our own: the framework's may give other numbers in its next version.
        int Next(int below)
        {
            seed = unchecked((seed * 1664525) + 1013904223);
            return (int)((seed >> 8) % (uint)below);
        }
    }

    static decimal Pence(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
