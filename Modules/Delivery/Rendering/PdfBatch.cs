using Billing.Abstractions.Values;

namespace Billing.Delivery.Rendering;

/// <summary>One list of documents on its way through the printer: joined where that is possible, else one by one.</summary>
sealed class PdfBatch(PdfPrinter printer, IReadOnlyList<PdfSource> sources, int documentsPerPrint)
{
    // A long document gains nothing from company, and would keep its neighbours waiting.
    const int JoinableLengthMax = 300_000;

    readonly Result<byte[]>?[] results = new Result<byte[]>?[sources.Count];

    sealed record Part(int Index, JoinableDocument Document);

    public async Task<IReadOnlyList<Result<byte[]>>> PrintAsync(CancellationToken cancellationToken)
    {
        List<Part> joinable = [];
        List<int> alone = [];
        for (var index = 0; index < sources.Count; index++)
        {
            var source = sources[index];
            var document = source.Options.IsTagged || source.Options.HasOutline || source.Html.Length > JoinableLengthMax
                ? null : JoinableDocument.Read(source.Html);
            if (document is null) alone.Add(index);
            else joinable.Add(new Part(index, document));
        }
        await Task.WhenAll(joinable.GroupBy(part => part.Document.Template).Select(group => PrintTemplateAsync([.. group], cancellationToken))
            .Append(PrintAloneAsync(alone, cancellationToken)));
        return [.. results.Select(result => result!.Value)];
    }

    async Task PrintTemplateAsync(IReadOnlyList<Part> parts, CancellationToken cancellationToken)
    {
        // Short documents together with short ones; and a fixed order, so that the same list always makes the same prints.
        var ordered = parts.OrderBy(part => part.Document.Content.Length).ThenBy(part => part.Index).ToList();
        List<(int Length, int Pages)> known = [];
        if (parts[0].Document.ShowsPageCount && ordered.Count > documentsPerPrint)
        {
            // "Page 1 of 3" needs the 3 before the print. The first print takes documents of every length and finds out; the others go by it.
            var step = (double)ordered.Count / documentsPerPrint;
            var sample = Enumerable.Range(0, documentsPerPrint).Select(index => ordered[(int)(index * step)]).ToList();
            known = await PrintTogetherAsync(sample, known, cancellationToken);
            ordered = [.. ordered.Except(sample)];
        }
        await Task.WhenAll(ordered.Chunk(documentsPerPrint).Select(chunk => PrintTogetherAsync(chunk, known, cancellationToken)));
    }

    /// <returns>The length of each document's text and the pages it took.</returns>
    async Task<List<(int Length, int Pages)>> PrintTogetherAsync(
        IReadOnlyList<Part> parts, List<(int Length, int Pages)> known, CancellationToken cancellationToken)
    {
        if (parts.Count == 1)
        {
            await PrintAloneAsync([parts[0].Index], cancellationToken);
            return known;
        }
        var documents = parts.Select(part => part.Document).ToList();
        var said = documents.Select(document => Guess(known, document.Content.Length)).ToArray();
        try
        {
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var print = await printer.PrintJoinedAsync(JoinedPrint.Compose(documents, said), sources[parts[0].Index].Options, cancellationToken);
                if (!print.TryGet(out var pdf, out _)) break;
                var file = PdfFile.Read(pdf);
                var counts = PdfSplitter.PageCounts(file, documents.Count);
                var wrong = documents[0].ShowsPageCount ? Enumerable.Range(0, counts.Length).Where(index => counts[index] != said[index]).ToList() : [];
                // A few wrong guesses are printed again alone; many, all together.
                if (attempt == 2 || wrong.Count <= documents.Count / 5)
                {
                    Keep(parts, file, counts, wrong);
                    await PrintAloneAsync([.. wrong.Select(index => parts[index].Index)], cancellationToken);
                    return [.. documents.Zip(counts, (document, count) => (document.Content.Length, count))];
                }
                said = counts;
            }
        }
        catch (InvalidDataException)
        {
            // Not a print that can be taken apart. Alone, each document answers for itself.
        }
        await PrintAloneAsync([.. parts.Select(part => part.Index)], cancellationToken);
        return known;
    }

    void Keep(IReadOnlyList<Part> parts, PdfFile file, int[] counts, List<int> wrong)
    {
        var first = 0;
        for (var index = 0; index < counts.Length; first += counts[index], index++)
        {
            if (wrong.Contains(index)) continue;
            var source = sources[parts[index].Index];
            results[parts[index].Index] = PdfSplitter.Cut(file, first, counts[index], parts[index].Document.Title, source.Options.DatedAt);
        }
    }

    async Task PrintAloneAsync(IReadOnlyList<int> indexes, CancellationToken cancellationToken) =>
        await Task.WhenAll(indexes.Select(async index =>
            results[index] = await printer.PrintAloneAsync(sources[index].Html, sources[index].Options, cancellationToken)));

    static int Guess(List<(int Length, int Pages)> known, int length) =>
        known.Count == 0 ? 1 : known.MinBy(pair => (Math.Abs(pair.Length - length), pair.Pages)).Pages;
}
