using System.CommandLine;
using Billing.Templating;

namespace Billing.Host.Commands;

/// <summary><c>billing template render</c>: one template to standard output.</summary>
internal static class TemplateCommands
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The template." };
        var model = new Option<string?>("--model") { Description = "A JSON object whose members the template sees.", HelpName = "FILE.json" };
        var text = new Option<bool>("--text") { Description = "Plain text: no HTML escaping." };
        var render = new Command("render", "Renders a template; an error is 'file(line,column): message' and exit code 1.") { file, model, text };
        render.SetAction(result =>
        {
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
            return TemplateCommand.Render(result.GetValue(file)!, result.GetValue(model), result.GetValue(text), output, Console.Error);
        });
        return new Command("template", "Invoice and message templates.") { render };
    }
}
