using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.CommandLine;

/// <summary>
/// <c>billing rate --tariff FILE.json &lt; calls.jsonl</c>: pure pricing, one call a line in, one answer a line out, no database.
/// The shapes are fixed (docs/tariffs.md): other programs read them.
/// </summary>
public static class RateCommand
{
    /// <summary>Every call was priced.</summary>
    public const int AllRated = 0;

    /// <summary>At least one call has an error in place of a charge.</summary>
    public const int SomeFailed = 1;

    /// <summary>Nothing was priced: the tariff is refused.</summary>
    public const int Refused = 2;

    /// <summary>Reads a tariff and prices calls until the input ends. The caller opens and closes all four.</summary>
    /// <param name="tariffName">The file's name, for messages.</param>
    /// <param name="tariff">The document, read to its end.</param>
    /// <param name="calls">JSON Lines; blank lines are skipped.</param>
    /// <param name="output">JSON Lines, in the order of the calls, one for each.</param>
    /// <param name="errors">One line for each thing that is wrong with the tariff.</param>
    /// <param name="cancellationToken">Looked at before each call.</param>
    /// <returns>The exit code: <see cref="AllRated"/>, <see cref="SomeFailed"/> or <see cref="Refused"/>.</returns>
    public static int Run(string tariffName, TextReader tariff, TextReader calls, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);

        var reading = TariffReader.Read(tariff.ReadToEnd());
        if (!reading.IsAccepted)
        {
            foreach (var error in reading.Errors) errors.WriteLine($"{tariffName}: {error}");
            return Refused;
        }

        var answers = new Answers(CompiledTariff.Compile(reading.Tariff), output);
        var exitCode = AllRated;
        for (var lineNumber = 1; calls.ReadLine() is { } line; lineNumber++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (!answers.Answer(CallLine.Read(line), lineNumber)) exitCode = SomeFailed;
        }
        output.Flush();
        return exitCode;
    }

    private sealed class Answers(CompiledTariff compiled, TextWriter output)
    {
        // Relaxed: the answer is not put into a web page, and "+44" should not read "\u002B44".
        private static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private readonly ChargeText chargeText = new(compiled.Tariff);
        private readonly ArrayBufferWriter<byte> buffer = new();

        /// <returns>False when the answer is an error.</returns>
        public bool Answer(CallLine line, int lineNumber)
        {
            buffer.ResetWrittenCount();
            bool isRated;
            using (var json = new Utf8JsonWriter(buffer, options)) isRated = Write(json, line, lineNumber);
            output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            output.Write('\n');
            return isRated;
        }

        private bool Write(Utf8JsonWriter json, CallLine line, int lineNumber)
        {
            if (line.Failure is { } broken) return Fail(json, line.Id, lineNumber, broken);
            var call = line.Call;
            var explanation = compiled.Explain(in call);
            var charge = explanation.Charge;
            if (!charge.IsRated) return Fail(json, line.Id, lineNumber, RatingErrors.Explain(charge.Error, compiled.Tariff, in call));

            json.WriteStartObject();
            json.WriteString("id", line.Id);
            json.WriteString("charge", chargeText.Of(charge.Charge));
            json.WriteString("currency", compiled.Tariff.Currency.Code);
            if (charge.HasParts)
            {
                json.WriteString("serviceCharge", chargeText.Of(charge.ServiceCharge));
                json.WriteString("accessCharge", chargeText.Of(charge.AccessCharge));
            }
            json.WriteStartArray("steps");
            foreach (var step in explanation.Steps) WriteStep(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
            return true;
        }

        // A call without an id of its own is named by its line.
        private static bool Fail(Utf8JsonWriter json, string? id, int lineNumber, Failure failure)
        {
            json.WriteStartObject();
            if (id is null) json.WriteNumber("line", lineNumber);
            json.WriteString("id", id);
            json.WriteString("error", failure.Code);
            json.WriteString("message", failure.Message);
            json.WriteEndObject();
            return false;
        }

        private static void WriteStep(Utf8JsonWriter json, RatingStep step)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            foreach (var (name, value) in step.Values)
            {
                switch (value)
                {
                    case int number: json.WriteNumber(name, number); break;
                    case long number: json.WriteNumber(name, number); break;
                    case bool flag: json.WriteBoolean(name, flag); break;
                    case decimal amount: json.WriteString(name, amount.ToString("0.############################", CultureInfo.InvariantCulture)); break;
                    default: json.WriteString(name, (string)value); break;
                }
            }
            json.WriteString("text", step.Text);
            json.WriteEndObject();
        }
    }
}
