using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;

namespace RtpProxy.Ctl.Tests;

/// <summary><c>rtpproxyctl</c> on a terminal of its own, as a person sees it: script(1) has the other end.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private readonly Process _script;
    private readonly StringBuilder _seen = new();
    private readonly Task _reading;
    private readonly string _device;

    private PseudoTerminal(Process script, string device)
    {
        _script = script;
        _device = device;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>All that the terminal was sent so far; lines end in LF alone.</summary>
    public string Seen
    {
        get
        {
            lock (_seen)
            {
                return _seen.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
            }
        }
    }

    public static PseudoTerminal Start(int columns, params string[] arguments) => Start(columns, 24, arguments);

    public static PseudoTerminal Start(int columns, int rows, string[] arguments)
    {
        string words = string.Join(' ', arguments.Select(argument => $"'{argument}'"));
        string program = Path.Combine(AppContext.BaseDirectory, "rtpproxyctl.dll");
        return StartProgram(columns, rows, $"dotnet '{program}' {words}");
    }

    /// <param name="command">In the words of sh(1); its process becomes the program.</param>
    public static PseudoTerminal StartProgram(int columns, int rows, string command)
    {
        string device = Path.Combine(Path.GetTempPath(), $"tty-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo("script")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" },
        };
        foreach (string word in (string[])["-qec", $"tty > '{device}'; stty cols {columns} rows {rows}; exec {command}", "/dev/null"])
        {
            start.ArgumentList.Add(word);
        }

        return new PseudoTerminal(Process.Start(start)!, device);
    }

    public void Type(string keys)
    {
        _script.StandardInput.Write(keys);
        _script.StandardInput.Flush();
    }

    /// <summary>The last whole drawing of the program, without its colours; lines end in LF alone.</summary>
    public string Screen
    {
        get
        {
            string[] drawings = Seen.Split("\e[H");
            string last = drawings.Last(drawing => drawing.Contains("\e[J", StringComparison.Ordinal) || drawing == drawings[0]);
            int end = last.IndexOf("\e[J", StringComparison.Ordinal);
            return Sequences().Replace(end < 0 ? last : last[..end], "");
        }
    }

    /// <summary>All whole drawings so far, without their colours.</summary>
    public IEnumerable<string> Drawings => Seen.Split("\e[H").Skip(1)
        .Where(drawing => drawing.Contains("\e[J", StringComparison.Ordinal))
        .Select(drawing => Sequences().Replace(drawing[..drawing.IndexOf("\e[J", StringComparison.Ordinal)], ""));

    /// <summary>The pid of the program.</summary>
    public async Task<int> ProgramAsync()
    {
        string children = await File.ReadAllTextAsync($"/proc/{_script.Id}/task/{_script.Id}/children", TestContext.Current.CancellationToken);
        return int.Parse(children.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a drawing has these words.</summary>
    public async Task ShowAsync(string words)
    {
        try
        {
            await Eventually.TrueAsync(() => Screen.Contains(words, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"'{words}' is not shown:\n{Screen}", e);
        }
    }

    /// <summary>Makes the window another size, as a person who pulls at its corner.</summary>
    public async Task ResizeAsync(int columns, int rows)
    {
        string device = (await File.ReadAllTextAsync(_device, TestContext.Current.CancellationToken)).Trim();
        using Process stty = Process.Start("stty", ["-F", device, "cols", $"{columns}", "rows", $"{rows}"]);
        await stty.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>The exit code of the program.</returns>
    public async Task<int> EndAsync()
    {
        await _script.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        await _reading;
        return _script.ExitCode;
    }

    public void Dispose()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
        File.Delete(_device);
    }

    [GeneratedRegex("\\e\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Sequences();

    private async Task ReadAsync()
    {
        char[] buffer = new char[4_096];
        int count;
        while ((count = await _script.StandardOutput.ReadAsync(buffer)) > 0)
        {
            lock (_seen)
            {
                _seen.Append(buffer, 0, count);
            }
        }
    }
}
