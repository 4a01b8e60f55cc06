using Billing.Tenancy.Data.Embedded;

// Starts the embedded database in the folder of the first argument, says where it is, and stays until stdin ends.
try
{
    await using var postgres = await EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions
        {
            DataFolder = args[0],
            DataVersion = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1,
            Progress = line => Console.Error.WriteLine(line),
        },
        CancellationToken.None);
    Console.WriteLine($"{postgres.ProcessId} {postgres.OwnerConnectionString}");
    await Console.In.ReadToEndAsync();
    return 0;
}
catch (EmbeddedPostgresException failure)
{
    Console.Error.WriteLine($"{failure.Code}: {failure.Message}");
    return 1;
}
