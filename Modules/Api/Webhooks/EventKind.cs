using Billing.Tenancy.Users;

namespace Billing.Api.Webhooks;

/// <summary>What a webhook can be told of. Once published a name never changes its meaning.</summary>
public static class EventKind
{
    /// <summary>A CDR file is in; its lines are counted by state.</summary>
    public const string CdrFileImported = "cdr-file.imported";

    /// <summary>A CDR file could not be imported.</summary>
    public const string CdrFileFailed = "cdr-file.failed";

    /// <summary>A CDR file was taken out of the register again.</summary>
    public const string CdrFileRolledBack = "cdr-file.rolled-back";

    /// <summary>A CDR file is not like the carrier's other files and waits for somebody to release or drop it.</summary>
    public const string CdrFileHeld = "cdr-file.held";

    /// <summary>A CDR file that was expected has not come in time.</summary>
    public const string CdrFileLate = "cdr-file.late";

    /// <summary>A billing run was requested: its invoices are being posted.</summary>
    public const string RunRequested = "billing-run.requested";

    /// <summary>Every account of a billing run is posted or parked.</summary>
    public const string RunCompleted = "billing-run.completed";

    /// <summary>An invoice was posted; its figures are final.</summary>
    public const string InvoicePosted = "invoice.posted";

    /// <summary>Sent by hand, to try a webhook.</summary>
    public const string Ping = "ping";

    /// <summary>Those a webhook can be made for.</summary>
    public static IReadOnlyList<string> All { get; } = [CdrFileImported, CdrFileFailed, CdrFileRolledBack, CdrFileHeld, CdrFileLate, RunRequested, RunCompleted, InvoicePosted];

    /// <summary>What somebody has to be allowed to see who has a webhook told of a kind: events say nothing to those who could not read it anyway.</summary>
    public static string PermissionFor(string kind) => kind is CdrFileImported or CdrFileFailed or CdrFileRolledBack or CdrFileHeld or CdrFileLate ? Permission.ViewUsage : Permission.ViewBilling;

    /// <summary>What a kind tells, in a few words.</summary>
    public static string Written(string kind) => kind switch
    {
        CdrFileImported => "a CDR file is in",
        CdrFileFailed => "a CDR file could not be imported",
        CdrFileRolledBack => "a CDR file was taken out again",
        CdrFileHeld => "a CDR file is held",
        CdrFileLate => "a CDR file is late",
        RunRequested => "bills were requested",
        RunCompleted => "a billing run is posted",
        InvoicePosted => "an invoice was posted",
        _ => "a try, sent by hand",
    };
}
