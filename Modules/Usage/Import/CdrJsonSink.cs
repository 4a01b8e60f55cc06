using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary>Writes what a format reads as JSON Lines, in the shape that <c>billing cdr parse</c> promises. Skipped lines write nothing.</summary>
public sealed class CdrJsonSink : ICdrSink, IDisposable
{
    private const int FlushAt = 65_536;

    // One object a line, so nothing of HTML needs escaping, and "+44..." stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream output;
    private readonly CdrTimeResolver times;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt + 4096);
    private readonly Utf8JsonWriter json;

    /// <summary>Writes to a stream; call <see cref="Flush"/> at the end.</summary>
    /// <param name="output">Not closed here.</param>
    /// <param name="times">Of the format's time base.</param>
    public CdrJsonSink(Stream output, CdrTimeResolver times)
    {
        this.output = output;
        this.times = times;
        json = new Utf8JsonWriter(buffer, Options);
    }

    /// <summary>True for a file of recurring charges: each is of the kind <c>charge</c>, and its days are written beside it.</summary>
    public bool WritesCharges { get; init; }

    /// <summary>Lets go of the writer; what was not flushed is not written.</summary>
    public void Dispose() => json.Dispose();

    /// <inheritdoc/>
    public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, record.LineNumber);
        Text("id"u8, record.RecordId);
        Instant("startedAt"u8, times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds));
        json.WriteString("direction"u8, record.Direction == CallDirection.In ? "in"u8 : "out"u8);
        Party("from"u8, record.From);
        Party("to"u8, record.To);
        Text("identity"u8, record.Identity);
        json.WriteBoolean("answered"u8, record.IsAnswered);
        json.WriteNumber("durationSeconds"u8, record.DurationSeconds);
        json.WriteString("kind"u8, WritesCharges ? "charge"u8 : record.Kind switch { CdrKind.Sms => "sms"u8, CdrKind.Data => "data"u8, _ => "voice"u8 });
        json.WriteNumber("quantity"u8, record.Quantity);
        Text("chargeCode"u8, record.ChargeCode);
        Text("description"u8, record.Description);
        Amount("cost"u8, record.Cost);
        if (record.Currency.IsUnset) json.WriteNull("currency"u8);
        else json.WriteString("currency"u8, record.Currency.Code);
        if (WritesCharges)
        {
            Day("firstDay"u8, record.StartedAt);
            Day("lastDay"u8, record.EndedAt.IsUnset ? record.StartedAt : record.EndedAt);
        }
        EndLine();
    }

    /// <inheritdoc/>
    public void Problem(in CdrProblem problem)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, problem.LineNumber);
        json.WriteString("error"u8, problem.Code);
        json.WriteString("message"u8, problem.Message);
        json.WriteString("text"u8, CdrText.Decode(problem.Raw));
        EndLine();
    }

    /// <inheritdoc/>
    public void Skip(long lineNumber, CdrStructure structure)
    {
    }

    /// <summary>Hands on what is still in the buffer.</summary>
    public void Flush()
    {
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        output.Flush();
    }

    private void EndLine()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
        if (buffer.WrittenCount < FlushAt) return;
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) json.WriteNull(name);
        else if (Utf8.IsValid(text)) json.WriteString(name, text);
        else json.WriteString(name, CdrText.Decode(text));
    }

    private void Party(ReadOnlySpan<byte> name, CdrParty party)
    {
        if (party.Number.IsUnset)
        {
            Text(name, party.Text);
            return;
        }
        Span<byte> text = stackalloc byte[16];
        text[0] = (byte)'+';
        Utf8Formatter.TryFormat(party.Number.Digits, text[1..], out var length);
        json.WriteString(name, text[..(length + 1)]);
    }

    private void Instant(ReadOnlySpan<byte> name, CdrInstant instant)
    {
        if (instant.IsUnset)
        {
            json.WriteNull(name);
            return;
        }
        Span<byte> text = stackalloc byte[32];
        // FFFFFFF writes a fraction only where there is one.
        instant.Instant.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private void Day(ReadOnlySpan<byte> name, CdrTime time)
    {
        if (time.IsUnset) json.WriteNull(name);
        else json.WriteString(name, time.Clock.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private void Amount(ReadOnlySpan<byte> name, decimal? amount)
    {
        if (amount is not { } value)
        {
            json.WriteNull(name);
            return;
        }
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
