using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Billing.Access.Tests;

/// <summary>
/// Every line that an app writes down at the lowest level there is: as its own rules let it, and once more without them, to see that there was
/// something to hear.
/// </summary>
sealed class HeardLog : IDisposable
{
    readonly Listener ruled = new RuledListener(), everything = new EverythingListener();

    public HeardLog(IServiceProvider services)
    {
        var rules = services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>().CurrentValue;
        rules.MinLevel = LogLevel.Trace;
        rules.Rules.Add(new LoggerFilterRule(typeof(EverythingListener).FullName, null, LogLevel.Trace, null));
        var factory = services.GetRequiredService<ILoggerFactory>();
        factory.AddProvider(ruled);
        factory.AddProvider(everything);
    }

    /// <summary>What is written when somebody asks for everything.</summary>
    public IReadOnlyCollection<(string Category, string Text)> Written => ruled.Lines;

    /// <summary>What would be written if nothing were held back.</summary>
    public IReadOnlyCollection<(string Category, string Text)> Everything => everything.Lines;

    public void Dispose()
    {
        ruled.Dispose();
        everything.Dispose();
    }

    abstract class Listener : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Text)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

        public void Dispose()
        {
            // Lines outlive the app.
        }
    }

    sealed class RuledListener : Listener;

    sealed class EverythingListener : Listener;

    sealed class Line(Listener listener, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            listener.Lines.Enqueue((category, "scope " + state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={(pair.Value is string or not System.Collections.IEnumerable ? pair.Value : string.Join('|', ((System.Collections.IEnumerable)pair.Value).Cast<object>()))}")) : "";
            listener.Lines.Enqueue((category, $"{logLevel}: {formatter(state, exception)} {values} {exception}"));
        }
    }
}
