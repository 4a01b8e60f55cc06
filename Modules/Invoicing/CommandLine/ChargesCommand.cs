using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Invoicing.Charges;

namespace Billing.Invoicing.CommandLine;

/// <summary>
/// <c>billing charges &lt; services.jsonl</c>: which slices of recurring charges are due, one charge a line in, one answer a line out, no database. It is what billing runs
/// compute with, so an answer here is what a bill would say. The shapes are fixed (docs/invoices.md): other programs read them.
/// </summary>
public static class ChargesCommand
{
    /// <summary>Every line was answered.</summary>
    public const int AllCharged = 0;

    /// <summary>At least one line has an error in place of its slices.</summary>
    public const int SomeFailed = 1;

    // Relaxed: the answer is not put into a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers until the input ends. The caller opens and closes both.</summary>
    /// <param name="services">JSON Lines; blank lines are skipped.</param>
    /// <param name="output">JSON Lines, in the order of the input, one for each.</param>
    /// <param name="cancellationToken">Looked at before each line.</param>
    /// <returns>The exit code: <see cref="AllCharged"/> or <see cref="SomeFailed"/>.</returns>
    public static int Run(TextReader services, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(output);
        var (exitCode, buffer) = (AllCharged, new ArrayBufferWriter<byte>());
        for (var number = 1; services.ReadLine() is { } text; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(text)) continue;
            var line = ChargeLine.Read(text);
            if (line.Failure is not null) exitCode = SomeFailed;
            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, line, number);
            output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            output.Write('\n');
        }
        output.Flush();
        return exitCode;
    }

    private static void Write(Utf8JsonWriter json, ChargeLine line, int number)
    {
        json.WriteStartObject();
        // One without an id of its own is named by its line.
        if (line.Id is null) json.WriteNumber("line", number);
        json.WriteString("id", line.Id);
        if (line.Failure is { } failure)
        {
            json.WriteString("error", failure.Code);
            json.WriteString("message", failure.Message);
        }
        else
        {
            json.WriteStartArray("charges");
            foreach (var slice in line.Slices()) Write(json, slice, line.Decimals);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProratedSlice slice, int decimals)
    {
        json.WriteStartObject();
        json.WriteString("from", TextOf(slice.Period.From));
        json.WriteString("to", TextOf(slice.Period.To!.Value));
        json.WriteNumber("days", slice.Days);
        json.WriteNumber("of", slice.Of);
        json.WriteString("amount", slice.Amount.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static string TextOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
