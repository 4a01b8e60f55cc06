using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Abstractions.Cdr;

namespace Billing.Abstractions.Testing;

/// <summary>A sink that keeps everything, as text that can be compared and approved.</summary>
public sealed class CdrRecording : ICdrSink
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<CdrEntry> entries = [];
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Everything that was read, in order.</summary>
    public IReadOnlyList<CdrEntry> Entries => entries;

    /// <summary>The records alone.</summary>
    public IEnumerable<CdrEntry> Records => entries.Where(entry => entry.Kind == CdrEntryKind.Record);

    /// <summary>The problems alone.</summary>
    public IEnumerable<CdrEntry> Problems => entries.Where(entry => entry.Kind == CdrEntryKind.Problem);

    /// <summary>Sum of the lines of all entries.</summary>
    public long Lines => entries.Sum(entry => (long)entry.LineCount);

    /// <summary>True when a problem ended the reading.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Control totals that the file's header or trailer named.</summary>
    public IReadOnlyList<CdrTotals> Expected { get; private set; } = [];

    /// <summary>Reads a whole file.</summary>
    public static CdrRecording Of(ICdrFormat format, string name, Stream content)
    {
        ArgumentNullException.ThrowIfNull(format);
        var recording = new CdrRecording();
        var file = new CdrFile(name);
        format.Read(content, file, recording);
        recording.Expected = file.Expected;
        return recording;
    }

    /// <summary>Reads a whole file that is in memory.</summary>
    public static CdrRecording Of(ICdrFormat format, string name, ReadOnlyMemory<byte> content) =>
        Of(format, name, new MemoryStream(content.ToArray(), writable: false));

    /// <inheritdoc/>
    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        using var json = Begin();
        Write(json, "id", record.RecordId);
        if (record.IsRecordIdShared) json.WriteBoolean("idIsShared", true);
        Write(json, "startedAt", record.StartedAt);
        if (!record.EndedAt.IsUnset) Write(json, "endedAt", record.EndedAt);
        json.WriteString("direction", record.Direction == CallDirection.In ? "in" : "out");
        Write(json, "from", record.From);
        Write(json, "to", record.To);
        Write(json, "identity", record.Identity);
        json.WriteBoolean("answered", record.IsAnswered);
        json.WriteNumber("durationSeconds", record.DurationSeconds);
        json.WriteString("kind", record.Kind switch { CdrKind.Sms => "sms", CdrKind.Data => "data", _ => "voice" });
        json.WriteNumber("quantity", record.Quantity);
        Write(json, "chargeCode", record.ChargeCode);
        Write(json, "description", record.Description);
        json.WriteString("cost", record.Cost?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("currency", record.Currency.IsUnset ? null : record.Currency.Code);
        Keep(record.LineNumber, Math.Max(1, record.LineCount), CdrEntryKind.Record, json, raw);
    }

    /// <inheritdoc/>
    public void Problem(in CdrProblem problem)
    {
        HasEnded |= problem.EndsReading;
        using var json = Begin();
        json.WriteString("error", problem.Code);
        if (problem.Field.Length > 0) json.WriteString("field", problem.Field);
        json.WriteString("message", problem.Message);
        json.WriteString("text", CdrText.Decode(problem.Raw));
        Keep(problem.LineNumber, problem.LineCount, CdrEntryKind.Problem, json, problem.Raw);
    }

    /// <inheritdoc/>
    public void Skip(long lineNumber, CdrStructure structure)
    {
        using var json = Begin();
        json.WriteString("skipped", structure.ToString().ToLowerInvariant());
        Keep(lineNumber, 1, CdrEntryKind.Skip, json, []);
    }

    /// <summary>One line an entry, as an approved result has it.</summary>
    public string ToJsonLines()
    {
        var text = new StringBuilder();
        foreach (var entry in entries) text.Append(entry).Append('\n');
        return text.ToString();
    }

    private Utf8JsonWriter Begin()
    {
        buffer.ResetWrittenCount();
        var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        return json;
    }

    private void Keep(long lineNumber, int lineCount, CdrEntryKind kind, Utf8JsonWriter json, ReadOnlySpan<byte> raw)
    {
        if (lineCount > 1) json.WriteNumber("lines", lineCount);
        json.WriteEndObject();
        json.Flush();
        entries.Add(new(lineNumber, lineCount, kind, Encoding.UTF8.GetString(buffer.WrittenSpan), CdrText.Decode(raw)));
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) json.WriteNull(name);
        else json.WriteString(name, CdrText.Decode(text));
    }

    private static void Write(Utf8JsonWriter json, string name, CdrParty party)
    {
        if (party.Number.IsUnset) Write(json, name, party.Text);
        else json.WriteString(name, party.Number.ToString());
    }

    private static void Write(Utf8JsonWriter json, string name, CdrTime time)
    {
        if (time.IsUnset)
        {
            json.WriteNull(name);
            return;
        }
        var clock = time.Clock.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        var offset = time.Offset is { } ahead ? (ahead < TimeSpan.Zero ? "-" : "+") + ahead.ToString("hh\\:mm", CultureInfo.InvariantCulture) : "";
        json.WriteString(name, clock + offset);
    }
}
