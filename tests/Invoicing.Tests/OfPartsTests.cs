using Billing.Invoicing.Tests.BillingRuns;

namespace Billing.Invoicing.Tests;

// What holds for files that share a partition holds for files that have their own, and for any mixture.

public sealed class FileRollbackOfPartsTests : FileRollbackTests
{
    private protected override Parts OwnParts => Parts.EveryOther;

    // The tables of files that were taken out stay until they are tidied away, and every question asks them all.
    private protected override int Rounds => 4;
}

public sealed class TallyOfPartsTests : TallyTests
{
    private protected override Parts OwnParts => Parts.All;
}

public sealed class MendingOfPartsTests : MendingTests
{
    private protected override Parts OwnParts => Parts.EveryOther;
}

public sealed class ReconciliationOfPartsTests : ReconciliationTests
{
    private protected override Parts OwnParts => Parts.EveryOther;
}

public sealed class JoinedCallsOfPartsTests : JoinedCallsTests
{
    private protected override Parts OwnParts => Parts.EveryOther;
}
