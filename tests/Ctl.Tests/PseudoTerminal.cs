using System.Diagnostics;
using System.Text;

namespace RtpProxy.Ctl.Tests;

/// <summary><c>rtpproxyctl</c> on a terminal of its own, as a person sees it: script(1) has the other end.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private readonly Process _script;
    private readonly StringBuilder _seen = new();
    private readonly Task _reading;

    private PseudoTerminal(Process script)
    {
        _script = script;
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

    public static PseudoTerminal Start(int columns, params string[] arguments)
    {
        string words = string.Join(' ', arguments.Select(argument => $"'{argument}'"));
        string program = Path.Combine(AppContext.BaseDirectory, "rtpproxyctl.dll");
        var start = new ProcessStartInfo("script")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" },
        };
        foreach (string word in (string[])["-qec", $"stty cols {columns} rows 24; exec dotnet '{program}' {words}", "/dev/null"])
        {
            start.ArgumentList.Add(word);
        }

        return new PseudoTerminal(Process.Start(start)!);
    }

    public void Type(string keys)
    {
        _script.StandardInput.Write(keys);
        _script.StandardInput.Flush();
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
    }

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
