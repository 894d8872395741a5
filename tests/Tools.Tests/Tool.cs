using System.Diagnostics;

namespace RtpProxy.Tools.Tests;

/// <summary>An executable, published if RTPPROXY_PUBLISHED says where, else built; run as a user runs it.</summary>
public sealed class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private Tool(string project, string executable)
    {
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd('/'));
        string path = Environment.GetEnvironmentVariable("RTPPROXY_PUBLISHED") is { Length: > 0 } published
            ? Path.Combine(published, executable)
            : Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name, executable);
        File.Exists(path).ShouldBeTrue($"{path} has been built");
        ExecutablePath = path;
    }

    public static Tool MakeAnn { get; } = new("RtpProxy.MakeAnn", "makeann");

    public static Tool ExtractAudio { get; } = new("RtpProxy.ExtractAudio", "extractaudio");

    public string ExecutablePath { get; }

    /// <summary>Runs the tool in a directory.</summary>
    public ToolResult Run(string directory, params string[] arguments) =>
        Run(ExecutablePath, directory, arguments, onRunning: null);

    /// <summary>Runs the tool in a mount namespace of its own, in which a library of the system is no library.</summary>
    public ToolResult RunWithoutLibrary(string library, string directory, params string[] arguments)
    {
        const string Script = """
            for hidden in /lib/*/"$0" /usr/lib/*/"$0"; do
              [ -e "$hidden" ] && mount --bind /dev/null "$(readlink -f "$hidden")"
            done
            exec "$@"
            """;
        return Run(
            "unshare", directory, ["--mount", "sh", "-c", Script, library, ExecutablePath, .. arguments], onRunning: null);
    }

    /// <summary>Runs the tool and watches it.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="arguments">Command line.</param>
    /// <param name="peakBytes">The most memory that was resident, as far as it was seen.</param>
    public ToolResult RunMeasured(string directory, string[] arguments, out long peakBytes)
    {
        long peak = 0;
        ToolResult result = Run(ExecutablePath, directory, arguments, process =>
        {
            // Peaks are remembered by the kernel, so that looking now and then is enough.
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It has ended, perhaps just now: asking first would be no safer.
            }
        });
        peakBytes = peak;
        return result;
    }

    /// <summary>Runs the tool and sends it a signal as soon as it is so far.</summary>
    public ToolResult RunInterrupted(string directory, string signal, Func<bool> isReady, params string[] arguments)
    {
        bool isSent = false;
        return Run(ExecutablePath, directory, arguments, process =>
        {
            if (!isSent && isReady())
            {
                isSent = true;
                using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
                kill.WaitForExit();
            }
        });
    }

    /// <summary>Runs a shell command.</summary>
    public static ToolResult Shell(string directory, string command) =>
        Run("/bin/sh", directory, ["-c", command], onRunning: null);

    private static ToolResult Run(string program, string directory, string[] arguments, Action<Process>? onRunning)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start).ShouldNotBeNull();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        long end = Environment.TickCount64 + (long)Deadline.TotalMilliseconds;
        while (!process.WaitForExit(onRunning is null ? Deadline : TimeSpan.FromMilliseconds(10)))
        {
            onRunning?.Invoke(process);
            if (Environment.TickCount64 > end)
            {
                process.Kill();
                Assert.Fail($"{program} {string.Join(' ', arguments)} did not end");
            }
        }

        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, errors.Result);
    }
}
