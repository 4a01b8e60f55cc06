using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Plugins.Asterisk;
using Billing.Plugins.Gamma;
using Billing.Plugins.UkPrerated;

namespace Billing.Plugins.Tests;

/// <summary>Every CDR format and its samples. A new format is one line here.</summary>
static class CdrFormats
{
    private static readonly (ICdrFormat Format, string Folder)[] All =
    [
        (new AsteriskCdrFormat(CdrSettings.Default), "Asterisk"),
        (new GammaCdrFormat(), "Gamma"),
        (new UkPreratedCdrFormat(), "UkPrerated"),
    ];

    public static IEnumerable<string> Ids => All.Select(one => one.Format.Info.Id);

    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string>();
            foreach (var (format, folder) in All)
                foreach (var path in PathsOf(folder)) samples.Add(format.Info.Id, Path.GetFileName(path));
            return samples;
        }
    }

    public static ICdrFormat Of(string id) => All.Single(one => one.Format.Info.Id == id).Format;

    public static string PathOf(string id, string sample) => Path.Combine(FolderOf(All.Single(one => one.Format.Info.Id == id).Folder), sample);

    public static IEnumerable<CdrSampleFile> StrangersTo(string id) => All.Where(one => one.Format.Info.Id != id).SelectMany(one => PathsOf(one.Folder)).Select(CdrSampleFile.From);

    private static IEnumerable<string> PathsOf(string folder) => CdrApproval.SamplesIn(FolderOf(folder));

    private static string FolderOf(string folder) => Path.Combine(Repository.Root, "Plugins", "Cdr", folder, "Samples");
}
