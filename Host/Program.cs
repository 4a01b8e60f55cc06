using System.CommandLine;
using Billing.Host;
using Billing.Host.Commands;
using Billing.Tenancy.Data;
using Billing.Tenancy.Data.Embedded;

const int FoundErrors = 1;
const int BadUsage = 2;

var root = new RootCommand("Billing: the platform that telecom resellers run their month on.")
{
    CommonOptions.Data,
    DemoCommand.Build(),
    CdrCommands.Build(),
    RateCommands.Build(),
    ChargesCommands.Build(),
    TariffCommands.Build(),
    TemplateCommands.Build(),
    ImportCommand.Build(),
    RunCommands.Build(),
    VerifyCommand.Build(),
    ExplainCommand.Build(),
    WhatIfCommand.Build(),
    PluginCommands.Build(),
    PeopleCommands.Build(),
    ApiKeyCommands.Build(),
    MigrateCommand.Build(),
    ServeCommand.Build(),
    BenchCommand.Build(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("'billing --help' shows what there is.");
    return BadUsage;
}
try
{
    // Whoever stops it waits for what is being answered, and for the database to close: after heavy work that takes longer than the two seconds that are usual.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
}
catch (UsageException e)
{
    return Say(e.Code, e.Message, BadUsage);
}
catch (DatabaseException e)
{
    return Say(e.Failure.Code, e.Failure.Message, BadUsage);
}
catch (EmbeddedPostgresException e)
{
    return Say(e.Code, e.Message, BadUsage);
}
catch (OperationCanceledException)
{
    return Say("host.stopped", "Stopped. What was finished is kept; start again to go on.", FoundErrors);
}
#pragma warning disable CA1031 // The last word to a person is a sentence, never a stack trace; BILLING_TRACE=1 shows the trace to whoever mends it.
catch (Exception e) when (Environment.GetEnvironmentVariable("BILLING_TRACE") is null)
#pragma warning restore CA1031
{
    return Say("host.failed", $"{e.Message.ReplaceLineEndings(" ")} (BILLING_TRACE=1 shows where.)", FoundErrors);
}

static int Say(string code, string message, int exitCode)
{
    Console.Error.WriteLine($"{code}: {message}");
    return exitCode;
}
