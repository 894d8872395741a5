using Spectre.Console;

namespace RtpProxy.Ctl.Output;

/// <summary>
/// A view that is drawn again and again: over itself, on the other screen of the terminal, so that what stood there before
/// is there again at the end; one after the other where a file or a program reads it.
/// </summary>
internal sealed class LiveView : IDisposable
{
    private readonly Terminal _terminal;
    private readonly FullScreen? _screen;
    private string _last = "";

    public LiveView(Terminal terminal)
    {
        _terminal = terminal;
        _screen = terminal.CanRedraw ? new FullScreen(terminal) : null;
    }

    public void Draw(Action<IAnsiConsole> draw)
    {
        if (_screen is null)
        {
            draw(_terminal.Console);
            return;
        }

        _last = Render(draw);
        string[] lines = _last.TrimEnd('\n').Split('\n');
        int height = _screen.Height;
        if (lines.Length > height)
        {
            lines = [.. lines.Take(height - 1), $"... {lines.Length - height + 1} more lines; make the window larger, or name what to show"];
        }

        _screen.Draw(lines);
    }

    /// <summary>Gives the screen back, and leaves the last drawing on it.</summary>
    public void Dispose()
    {
        if (_screen is not null)
        {
            _screen.Dispose();
            _terminal.Write(_last);
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
