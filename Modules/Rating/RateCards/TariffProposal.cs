using System.Text;
using Billing.Tenancy.Data;

namespace Billing.Rating.RateCards;

/// <summary>What a new version of a tariff would be, beside the latest one; nothing is published.</summary>
/// <param name="Seen">The latest version it was compared with; 0 for a new tariff.</param>
/// <param name="Tariff">The version as it would be, whole.</param>
/// <param name="Entered">The differences it was put together from; null when it was entered whole or as a sheet.</param>
/// <param name="Changes">What it changes.</param>
public sealed record TariffProposal(int Seen, Tariff Tariff, string? Entered, TariffComparison Changes)
{
    /// <summary>Most bytes a document or a sheet may have.</summary>
    public const long MostBytes = 34 << 20;

    /// <summary>The version as it is published.</summary>
    public string Document => TariffWriter.Write(Tariff);

    /// <summary>Whether a file is a tariff document; anything else can only be a rate sheet.</summary>
    public static bool IsDocument(ReadOnlySpan<byte> file) => WithoutMark(file).TrimStart(" \r\n\t"u8).StartsWith("{"u8);

    /// <summary>Reads a file: a tariff document, whole or only what differs from another tariff, or a rate sheet for the latest version's frame.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="entry">The tariff; null for a new one, which only a document can make.</param>
    /// <param name="file">All of it.</param>
    /// <param name="mode">What becomes of the rates there are, where it is a sheet.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The proposal, or every fault of the file.</returns>
    public static async Task<(TariffProposal? Proposal, IReadOnlyList<TariffError> Errors)> ReadAsync(TenantDb db, TariffEntry? entry, byte[] file, RateSheetMode mode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (IsDocument(file)) return await ReadAsync(db, entry, Encoding.UTF8.GetString(WithoutMark(file)), cancellationToken);
        var before = await BeforeAsync(db, entry, cancellationToken);
        return before is null
            ? (null, [new TariffError("tariff.no-frame", "the sheet", "A rate sheet needs a tariff it belongs to, and there is none with this code. Send a tariff document (JSON) first.")])
            : Of(entry, before, RateSheet.Read(file, before, mode), null);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="entry">The tariff; null for a new one.</param>
    /// <param name="document">Whole, or with <c>basedOn</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The proposal, or every fault of the document.</returns>
    public static async Task<(TariffProposal? Proposal, IReadOnlyList<TariffError> Errors)> ReadAsync(TenantDb db, TariffEntry? entry, string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var entered = TariffInheritance.BaseOf(document) is null ? null : document;
        return Of(entry, await BeforeAsync(db, entry, cancellationToken), await TariffBook.ReadAsync(db, document, cancellationToken), entered);
    }

    private static (TariffProposal? Proposal, IReadOnlyList<TariffError> Errors) Of(TariffEntry? entry, Tariff? before, TariffReading reading, string? entered) =>
        reading.IsAccepted ? (new TariffProposal(entry?.Latest ?? 0, reading.Tariff, entered, TariffComparison.Of(before, reading.Tariff)), []) : (null, reading.Errors);

    private static async Task<Tariff?> BeforeAsync(TenantDb db, TariffEntry? entry, CancellationToken cancellationToken) =>
        entry is { Latest: > 0 } ? TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest, cancellationToken))!).TariffOrThrow() : null;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> file) => file.StartsWith("\uFEFF"u8) ? file[3..] : file;
}
