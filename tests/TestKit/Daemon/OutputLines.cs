namespace RtpProxy.TestKit.Daemon;

/// <summary>The lines that a program has written so far. Thread-safe.</summary>
public sealed class OutputLines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>All lines, each with its end.</summary>
    public string Text => string.Concat(All.Select(line => line + "\n"));

    /// <summary>Waits until some line, already written or yet to come, contains a text.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<string> WaitForAsync(string text)
    {
        string? found = null;
        await Eventually.TrueAsync(
            () => (found = All.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))) is not null,
            $"a line with \"{text}\"");
        return found!;
    }

    internal async Task ReadAllAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
            }
        }
    }
}
