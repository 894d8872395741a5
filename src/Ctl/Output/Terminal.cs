using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RtpProxy.Ctl.Calls;
using RtpProxy.Lines;
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

    /// <summary>Whether a view may be drawn over itself.</summary>
    public bool CanRedraw => !IsRedirected && Console.Profile.Capabilities.Ansi;

    public bool HasColours => Console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>Whether the alphabet of the terminal, or of who reads the pipe, has more than ASCII.</summary>
    public bool HasBlocks => Console.Profile.Capabilities.Unicode;

    public void WriteLine(string line) => _results.WriteLine(line);

    /// <summary>Writes to the terminal as it is, without a line end.</summary>
    public void Write(string text)
    {
        _results.Write(text);
        _results.Flush();
    }

    /// <summary>A line of facts; on a terminal it is broken between them, and goes on under its first word.</summary>
    public void WriteFacts(string line)
    {
        const string Continued = "      ";
        int width = Console.Profile.Width;
        string rest = PeerText.OneLine(line);
        while (!IsRedirected && rest.Length > width && LastFactEnd(rest, width) is > 0 and int cut)
        {
            WriteLine(rest[..cut]);
            rest = Continued + rest[cut..].TrimStart();
        }

        WriteLine(rest);
    }

    /// <summary>A line of words, broken at the width of a terminal.</summary>
    public void WriteText(TextLine line)
    {
        string text = PeerText.OneLine(line.Text);
        foreach (string part in IsRedirected ? [text] : TextWidth.Break(text, Console.Profile.Width, line.Indent))
        {
            WriteLine(line.IsTrouble ? Paint.Trouble(part, HasColours) : part);
        }
    }

    /// <summary>A reply of a peer: as it came where a file or a program reads it, on a terminal line by line and harmless.</summary>
    public void WriteReply(string text) =>
        WriteLine(IsRedirected ? text : string.Join('\n', text.Split('\n').Select(PeerText.OneLine)));

    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => WriteLine(JsonSerializer.Serialize(value, type));

    /// <param name="message">What is wrong and what was expected; one line, whatever a peer has sent.</param>
    public void WriteError(string message) => _errors.WriteLine($"rtpproxyctl: {PeerText.OneLine(message)}");

    public void WriteErrors(IEnumerable<string> messages)
    {
        foreach (string message in messages)
        {
            WriteError(message);
        }
    }

    private static int LastFactEnd(string text, int width)
    {
        ReadOnlySpan<char> fits = text.AsSpan(0, width);
        return 1 + Math.Max(fits.LastIndexOf(", "), fits.LastIndexOf("; "));
    }
}
