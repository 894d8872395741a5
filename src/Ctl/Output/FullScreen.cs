namespace RtpProxy.Ctl.Output;

/// <summary>The other screen of a terminal, so that what stood there before is there again at the end.</summary>
/// <remarks>Whoever opens it disposes it, whatever happens: nobody else gives the terminal back.</remarks>
internal sealed class FullScreen : IDisposable
{
    // DEC private modes: 1049 is the other screen, 25 the cursor, 7 whether long lines go on below.
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearRestOfLine = "\e[K";
    private const string ClearRestOfScreen = "\e[J";

    private readonly Terminal _terminal;

    public FullScreen(Terminal terminal)
    {
        _terminal = terminal;
        terminal.Write(Enter);
    }

    public int Width => Math.Max(1, _terminal.Console.Profile.Width);

    public int Height => Math.Max(2, _terminal.Console.Profile.Height);

    /// <summary>Draws over what is there; lines below the last are left out.</summary>
    public void Draw(IReadOnlyList<string> lines) =>
        _terminal.Write($"{Home}{string.Join($"{ClearRestOfLine}\n", lines.Take(Height))}{ClearRestOfLine}{ClearRestOfScreen}");

    public void Dispose() => _terminal.Write(Leave);
}
