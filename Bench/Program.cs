using System.Globalization;
using Billing.Bench;

// billing bench NAME starts this with: NAME LINES ROUNDS SEED [SIZE]. Figures go to standard output, what goes on to standard error.
var options = new BenchOptions(Number(1), Number(2), Number(3));
switch (args[0])
{
    case "parse": await ParseBench.RunAsync(options, Console.Out); break;
    case "lookup": await LookupBench.RunAsync(options, Console.Out); break;
    case "rate": await RateBench.RunAsync(options, Console.Out); break;
    case "ingest": await IngestBench.RunAsync(options, Console.Out); break;
    case "daily": await IngestBench.RunDailyAsync(options, Number(4), Console.Out); break;
    case "scale": await IngestBench.RunScaleAsync(options, Number(4), Console.Out); break;
    case "run": await RunBench.RunAsync(options, Number(4), Console.Out); break;
    default: throw new ArgumentException($"There is no bench '{args[0]}'.");
}

int Number(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);
