namespace Billing.Ledger.Journal;

/// <summary>The accounts of the books that Billing itself posts to; a tenant's accounting package maps them to its own.</summary>
public static class LedgerAccounts
{
    /// <summary>What customers owe; every posting here names the customer account.</summary>
    public const string Receivables = "receivables";

    /// <summary>VAT charged and owed on.</summary>
    public const string VatOutput = "vat-output";

    /// <summary>Revenue by nominal code.</summary>
    public static string Revenue(string nominalCode) => "revenue/" + nominalCode;
}
