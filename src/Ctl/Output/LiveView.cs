using Spectre.Console;

namespace RtpProxy.Ctl.Output;

/// <summary>
/// A view that is drawn again and again: over itself, on the other screen of the terminal, so that what stood there before
/// is there again at the end; one after the other where a file or a program reads it.
/// </summary>
internal sealed class LiveView : IDisposable
{
    // DEC private modes: 1049 is the other screen, 25 the cursor.
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearRestOfLine = "\e[K";
    private const string ClearRestOfScreen = "\e[J";

    private readonly Terminal _terminal;
    private readonly bool _isOverItself;
    private string _last = "";

    public LiveView(Terminal terminal)
    {
        _terminal = terminal;
        _isOverItself = !terminal.IsRedirected && terminal.Console.Profile.Capabilities.Ansi;
        if (_isOverItself)
        {
            terminal.Write(Enter);
        }
    }

    public void Draw(Action<IAnsiConsole> draw)
    {
        if (!_isOverItself)
        {
            draw(_terminal.Console);
            return;
        }

        _last = Render(draw);
        string[] lines = _last.TrimEnd('\n').Split('\n');
        int height = Math.Max(2, _terminal.Console.Profile.Height);
        if (lines.Length > height)
        {
            lines = [.. lines.Take(height - 1), $"... {lines.Length - height + 1} more lines; make the window larger, or name what to show"];
        }

        _terminal.Write($"{Home}{string.Join($"{ClearRestOfLine}\n", lines)}{ClearRestOfLine}{ClearRestOfScreen}");
    }

    /// <summary>Gives the screen back, and leaves the last drawing on it.</summary>
    public void Dispose()
    {
        if (_isOverItself)
        {
            _terminal.Write(Leave + _last);
        }
    }

    private string Render(Action<IAnsiConsole> draw)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole paper = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = (ColorSystemSupport)_terminal.Console.Profile.Capabilities.ColorSystem,
            Out = new AnsiConsoleOutput(text),
        });
        paper.Profile.Width = _terminal.Console.Profile.Width;
        draw(paper);
        return text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
