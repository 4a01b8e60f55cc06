using Billing.Invoicing.Tests.BillingRuns;

namespace Billing.Invoicing.Tests;

// What holds for files that share a partition holds for files that have their own, and for any mixture.

public sealed class FileRollbackOfPartsTests : FileRollbackTests
{
    private protected override Parts OwnParts => Parts.All;
}

public sealed class FileRollbackOfSomePartsTests : FileRollbackTests
{
    private protected override Parts OwnParts => Parts.EveryOther;
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

public sealed class VolumeGuardOfPartsTests : VolumeGuardTests
{
    private protected override Parts OwnParts => Parts.All;
}
