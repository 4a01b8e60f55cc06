using System.Text;
using Billing.Abstractions.Values;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;

namespace Billing.Usage.WhatIf;

/// <summary>A draft as a file: a tariff document, or a rate sheet whose rates take the place of those of the published version.</summary>
public static class DraftFile
{
    /// <summary>Makes a document of a file.</summary>
    /// <param name="db">The tenant, who has the tariff.</param>
    /// <param name="code">The tariff's code.</param>
    /// <param name="file">All of the file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The text of a document as it is; a sheet put into its tariff's frame, or the first thing that is wrong with it.</returns>
    public static async Task<Result<string>> ReadAsync(TenantDb db, string code, byte[] file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> start = file;
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        if (start.TrimStart(" \r\n\t"u8).StartsWith("{"u8)) return Encoding.UTF8.GetString(start);
        if ((await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(tariff => tariff.Code == code && tariff.Latest > 0) is not { } entry)
            return new Failure("what-if.no-such-tariff", $"A rate sheet needs a tariff it belongs to, and there is none with the code '{code}'. Give a tariff document (JSON).");
        var frame = TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest, cancellationToken))!).TariffOrThrow();
        var reading = RateSheet.Read(file, frame, RateSheetMode.Replace);
        return reading.IsAccepted ? TariffWriter.Write(reading.Tariff) : new Failure(reading.Errors[0].Code, $"{reading.Errors[0].Place}: {reading.Errors[0].Message}");
    }
}
