using System.ComponentModel;
using Billing.Usage.CarrierCharges;

namespace Billing.Usage.Endpoints;

/// <summary>A file of recurring charges in the API.</summary>
sealed record ChargeFileView(
    long FileId, string Name, string Carrier, [property: Description("First day that its lines are for.")] DateOnly? FirstDay, [property: Description("Last day, included.")] DateOnly? LastDay, DateTimeOffset ImportedAt,
    [property: Description("Its lines by state and currency.")] IReadOnlyList<ChargeSum> Sums, CarrierInvoice? Invoice,
    [property: Description("What the file has more than the carrier's invoice, in its currency; zero is as it should be.")] decimal? Difference)
{
    public static ChargeFileView Of(ChargeFile file) => new(file.FileId, file.Name, file.Carrier, file.From, file.To?.AddDays(-1), file.ImportedAt, file.Sums.Parts, file.Invoice, file.Difference);
}
