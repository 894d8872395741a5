using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace RtpProxy.Ctl.Output;

/// <summary>Where results and errors go: results to standard output, one line for each error to standard error.</summary>
internal sealed class Terminal
{
    private const int WidthOfPipes = 4_096; // A pipe has no width: tables must not be cut to one.

    private readonly TextWriter _results = System.Console.Out;
    private readonly TextWriter _errors = System.Console.Error;

    public Terminal()
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (IsRedirected)
        {
            Console.Profile.Width = WidthOfPipes;
        }
    }

    public IAnsiConsole Console { get; }

    /// <summary>True when a file or a program reads what we print: then nothing is redrawn.</summary>
    public bool IsRedirected { get; } = System.Console.IsOutputRedirected;

    public void WriteLine(string line) => _results.WriteLine(line);

    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => WriteLine(JsonSerializer.Serialize(value, type));

    /// <param name="message">What is wrong and what was expected; one line, whatever a peer has sent.</param>
    public void WriteError(string message) => _errors.WriteLine($"rtpproxyctl: {OneLine(message)}");

    /// <summary>Text of a peer, made harmless for a terminal: control characters are shown as dots.</summary>
    public static string OneLine(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '.' : source[i];
            }
        });
}
