using System.Diagnostics;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Processes;

/// <summary>
/// A program run by the tests: in a session of its own, output in a log file, ended by its own process id, and told to
/// end by the kernel when the test run itself is killed.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _log;

    private ChildProcess(string name, Process process, string log)
    {
        (Name, Id, _process, _log) = (name, process.Id, process, log);
        Ended = StatusAsync();
    }

    public string Name { get; }

    public int Id { get; }

    /// <summary>Completes when the program ends, with its exit status, 128 + number after a signal.</summary>
    public Task<int> Ended { get; }

    public bool HasEnded => Ended.IsCompleted;

    /// <summary>What the program wrote to its standard output and error so far.</summary>
    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>Starts <paramref name="program"/>; returns when it has been forked, not when it is ready.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">One of setsid, setpriv or sh is missing.</exception>
    public static async Task<ChildProcess> StartAsync(
        string name,
        string program,
        IEnumerable<string> arguments,
        WorkDirectory directory,
        params (string Name, string Value)[] environment)
    {
        string log = directory[name + ".log"];
        var info = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = directory.Path };

        // All three replace themselves by the next one, so the process id stays that of the program.
        foreach (string word in (string[])["setpriv", "--pdeathsig", "TERM", "--",
            "sh", "-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", log, program, .. arguments])
        {
            info.ArgumentList.Add(word);
        }

        foreach ((string key, string value) in environment)
        {
            info.Environment[key] = value;
        }

        return new ChildProcess(name, await ProcessLauncher.Instance.StartAsync(info), log);
    }

    /// <summary>Sends a signal by its name without "SIG" (<c>TERM</c>, <c>HUP</c>, <c>KILL</c>).</summary>
    public Task SignalAsync(string signal) => KillAsync(signal, Id.ToString());

    /// <summary>Waits for the end of the program and returns its exit status.</summary>
    /// <exception cref="TimeoutException">It runs on; the message holds the end of its log.</exception>
    public async Task<int> EndAsync()
    {
        try
        {
            return await Ended.WaitAsync(Eventually.Deadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} does not end. {Tail()}");
        }
    }

    /// <summary>The last lines of the output, to be part of a failure's message.</summary>
    public string Tail()
    {
        string[] lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return $"Log of {Name}: {string.Join(" | ", lines.TakeLast(12))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
        {
            await SignalAsync("TERM");
            try
            {
                await Ended.WaitAsync(Grace);
            }
            catch (TimeoutException)
            {
                // With everything it started: Kamailio, for one, is a dozen processes of one session.
                await KillAsync("KILL", "-" + Id);
                await Ended;
            }
        }

        _process.Dispose();
    }

    private async Task<int> StatusAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private static async Task KillAsync(string signal, string target)
    {
        // The shell's own kill: the program of that name is in a package that may be missing.
        using Process kill = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"kill -{signal} {target}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }
}
