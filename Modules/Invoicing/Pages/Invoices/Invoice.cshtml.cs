using Billing.Abstractions.Values;
using Billing.Delivery.Documents;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Invoices;

/// <summary>One posted invoice: what it says, what it did to the books, and its PDF.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class InvoiceModel(CurrentTenant current) : PageModel
{
    public FrozenInvoice Frozen { get; private set; } = null!;

    public InvoiceDocument Invoice => Frozen.Document;

    public Currency Currency => Currency.Of(Invoice.Currency);

    public JournalEntry? Entry { get; private set; }

    /// <summary>The printed document; null while there is none.</summary>
    public StoredDocument? Pdf { get; private set; }

    public long Run { get; private set; }

    /// <summary>What is not as it was when it was stored; null when all is.</summary>
    public string? Tampered { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await InvoiceRegister.FindAsync(db, number, cancellationToken) is not { } frozen) return NotFound();
        Frozen = frozen;
        Run = (await InvoiceRegister.RunOfAsync(db, number, cancellationToken)).Value;
        Entry = await JournalBook.FindAsync(db, IssuedInvoice.SubjectOf(number), cancellationToken);
        try
        {
            Pdf = await DocumentStore.FindAsync(db, IssuedInvoice.SubjectOf(number), InvoicePrinting.MediaType, cancellationToken);
        }
        catch (InvalidDataException changed)
        {
            Tampered = changed.Message;
        }
        return Page();
    }
}
