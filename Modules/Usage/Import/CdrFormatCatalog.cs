using System.Collections.Immutable;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Import;

/// <summary>The CDR formats that plugins have brought, and which of them a file is. Safe on several threads.</summary>
public sealed class CdrFormatCatalog
{
    /// <summary>Below this a format does not claim the file.</summary>
    private const int Sure = 50;

    private ImmutableArray<ICdrFormat> formats = [];

    /// <summary>All formats, by id.</summary>
    public IReadOnlyList<ICdrFormat> Formats => formats;

    /// <summary>Takes a format in.</summary>
    /// <exception cref="ArgumentException">There is one with this id already; it stays.</exception>
    public void Add(ICdrFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        ImmutableInterlocked.Update(ref formats, static (known, added) => known.Any(one => one.Info.Id == added.Info.Id)
            ? throw new ArgumentException($"There is a CDR format '{added.Info.Id}' already.", nameof(format))
            : known.Add(added).Sort(static (a, b) => string.CompareOrdinal(a.Info.Id, b.Info.Id)), format);
    }

    /// <summary>A catalog of these and others besides; one of the others whose id is taken already is left out.</summary>
    public CdrFormatCatalog With(IEnumerable<ICdrFormat> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var more = new CdrFormatCatalog { formats = formats };
        foreach (var format in others)
            if (!more.formats.Any(known => known.Info.Id == format.Info.Id)) more.Add(format);
        return more;
    }

    /// <summary>Drops a format whose plugin is switched off.</summary>
    public void Remove(string id) => ImmutableInterlocked.Update(ref formats, static (known, gone) => known.RemoveAll(one => one.Info.Id == gone), id);

    /// <summary>A format by its id; <c>cdr.unknown-format</c> names those there are.</summary>
    public Result<ICdrFormat> Find(string id) => formats.FirstOrDefault(format => format.Info.Id == id) is { } found
        ? Result.Of(found)
        : new Failure("cdr.unknown-format", $"There is no CDR format '{id}'. There are: {string.Join(", ", formats.Select(format => format.Info.Id))}.");

    /// <summary>
    /// The format that is surest of a file, or <c>cdr.not-recognised</c> when none is sure enough, or <c>cdr.ambiguous-format</c> when two are equally sure;
    /// both list what each format answered.
    /// </summary>
    public Result<ICdrFormat> Recognise(in CdrSample sample)
    {
        var known = formats;
        var scores = new int[known.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = SurenessOf(known[i], in sample);

        var best = scores.DefaultIfEmpty().Max();
        var tried = string.Join(", ", known.Zip(scores).OrderByDescending(pair => pair.Second).Select(pair => $"{pair.First.Info.Id} {pair.Second}"));
        if (best < Sure)
        {
            var hint = CdrText.WhyNotText(sample.Head) is { } why ? $" {why}" : "";
            return new Failure("cdr.not-recognised", known.IsEmpty
                ? $"No CDR format is loaded, so '{sample.FileName}' can't be read."
                : $"No format recognises '{sample.FileName}' ({Sure} of 100 needed): {tried}.{hint}");
        }
        return scores.Count(score => score == best) == 1
            ? Result.Of(known[Array.IndexOf(scores, best)])
            : new Failure("cdr.ambiguous-format", $"Several formats are equally sure of '{sample.FileName}': {tried}. Say which one it is.");
    }

    /// <summary>The format that is asked for, or without an id the one that recognises the file.</summary>
    public Result<ICdrFormat> Choose(string name, ReadOnlyMemory<byte> content, string? formatId) =>
        formatId is null ? Recognise(SampleOf(name, content.Span)) : Find(formatId);

    /// <summary>What formats are shown of a file that is in memory.</summary>
    public static CdrSample SampleOf(string name, ReadOnlySpan<byte> content) => CdrSample.Of(name, content, isWhole: true);

    /// <summary>How sure a format is of a file, of 100; one that fails on a look at it is not sure at all and keeps no other from reading it.</summary>
    public static int SurenessOf(ICdrFormat format, in CdrSample sample)
    {
        ArgumentNullException.ThrowIfNull(format);
#pragma warning disable CA1031 // A stranger's code may throw anything.
        try
        {
            return Math.Clamp(format.Recognise(in sample), 0, 100);
        }
        catch (Exception)
        {
            return 0;
        }
#pragma warning restore CA1031
    }
}
