using System.Text.Json;

namespace Billing.Templating;

/// <summary>What <c>billing template render FILE [--model FILE.json] [--text]</c> does, for a host to wire up.</summary>
public static class TemplateCommand
{
    /// <summary>Renders a file and returns the exit code: 0 rendered, 1 the template or the model has errors, 2 a file cannot be read.</summary>
    /// <param name="file">The template. What it includes comes from its folder.</param>
    /// <param name="modelFile">A JSON object whose members become the global variables; null for none.</param>
    /// <param name="text">Without HTML escaping, exactly as the language is published.</param>
    /// <param name="output">Gets the result, and nothing when there is an error.</param>
    /// <param name="errors">Gets one line per error: <c>file(line,column): message</c>.</param>
    /// <param name="options">The clock and the rest; null for the system's.</param>
    public static int Render(string file, string? modelFile, bool text, TextWriter output, TextWriter errors, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            var compilation = Template.Compile(File.ReadAllText(file), (text ? TemplateOptions.Text : TemplateOptions.Html) with
            {
                Name = Path.GetFileName(file),
                Loader = new FolderTemplateLoader(folder),
            });
            foreach (var error in compilation.Errors) errors.WriteLine(error);
            if (!compilation.Succeeded) return 1;

            using var model = modelFile is null ? null : ReadModel(modelFile, errors);
            if (modelFile is not null && model is null) return 1;

            var result = compilation.Template.Render(model, options);
            if (!result.Succeeded)
            {
                errors.WriteLine(result.Error);
                return 1;
            }
            output.Write(result.Text);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.WriteLine(e.Message);
            return 2;
        }
    }

    private static JsonDocument? ReadModel(string file, TextWriter errors)
    {
        try
        {
            var model = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (model.RootElement.ValueKind == JsonValueKind.Object) return model;
            errors.WriteLine($"{Path.GetFileName(file)}(1,1): The model must be a JSON object.");
            model.Dispose();
        }
        catch (JsonException e)
        {
            errors.WriteLine($"{Path.GetFileName(file)}({(e.LineNumber ?? 0) + 1},{(e.BytePositionInLine ?? 0) + 1}): The model is not valid JSON.");
        }
        return null;
    }
}
