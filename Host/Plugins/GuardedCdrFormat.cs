using Billing.Abstractions.Cdr;

namespace Billing.Host.Plugins;

/// <summary>
/// A plugin's format behind a fence: what it throws while reading ends that file with a clear answer and switches the plugin off,
/// instead of ending the host.
/// </summary>
internal sealed class GuardedCdrFormat(HostedPlugin plugin, ICdrFormat inner) : ICdrFormat
{
    public CdrFormatInfo Info { get; } = inner.Info;

    public int Recognise(in CdrSample sample)
    {
        if (plugin.State != PluginState.Loaded) return 0;
        try
        {
            return inner.Recognise(in sample);
        }
#pragma warning disable CA1031 // A stranger's code may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            plugin.Quarantine(PluginHost.Describe(e));
            return 0;
        }
    }

    public CdrFileFacts Describe(in CdrSample sample)
    {
        if (plugin.State != PluginState.Loaded) return CdrFileFacts.Unknown;
        try
        {
            return inner.Describe(in sample);
        }
#pragma warning disable CA1031 // A stranger's code may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            plugin.Quarantine(PluginHost.Describe(e));
            return CdrFileFacts.Unknown;
        }
    }

    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (plugin.State != PluginState.Loaded)
        {
            sink.Problem(new CdrProblem(1, "plugin.failed", "", $"The plugin '{plugin.Entry.Id}' is switched off, so the file was not read. {plugin.Reason}", []) { EndsReading = true });
            return;
        }
        var fence = new Fence(sink);
        try
        {
            inner.Read(content, file, fence);
        }
#pragma warning disable CA1031 // A stranger's code may throw anything; what our own sink threw is not its fault and goes on.
        catch (Exception e) when (!fence.HasFailed)
#pragma warning restore CA1031
        {
            var reason = PluginHost.Describe(e);
            plugin.Quarantine(reason);
            sink.Problem(new CdrProblem(fence.LastLine + 1, "plugin.failed", "",
                $"The plugin '{plugin.Entry.Id}' failed after line {fence.LastLine} and was switched off. {reason}", []) { EndsReading = true });
        }
    }

    private sealed class Fence(ICdrSink sink) : ICdrSink
    {
        public bool HasFailed { get; private set; }

        public long LastLine { get; private set; }

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
            LastLine = record.LineNumber;
            HasFailed = true;
            sink.Record(in record, raw);
            HasFailed = false;
        }

        public void Problem(in CdrProblem problem)
        {
            LastLine = problem.LineNumber;
            HasFailed = true;
            sink.Problem(in problem);
            HasFailed = false;
        }

        public void Skip(long lineNumber, CdrStructure structure)
        {
            LastLine = lineNumber;
            HasFailed = true;
            sink.Skip(lineNumber, structure);
            HasFailed = false;
        }
    }
}
