using System.Diagnostics;
using System.Globalization;
using System.Text;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests.Roots;

/// <summary>
/// A Debian system in namespaces of its own (processes, mounts, network, control groups), on a fresh copy of the root: with systemd
/// as its first process, or without. It goes with everything in it when it is disposed.
/// </summary>
/// <remarks>Used by one test.</remarks>
internal sealed class DebianSystem : IAsyncDisposable
{
    private readonly Process _starter;
    private readonly StringBuilder _console = new();
    private readonly int _first;

    private DebianSystem(Process starter, int first)
    {
        _starter = starter;
        _first = first;
    }

    /// <summary>Its first process, as the machine numbers it: whose namespaces to enter.</summary>
    public int FirstProcess => _first;

    /// <summary>With systemd, up and without failed units.</summary>
    public static async Task<DebianSystem> BootAsync(SharedPackages packages)
    {
        DebianSystem system = await StartAsync(packages, "/lib/systemd/systemd", "--log-target=null");
        string state = "";
        await Eventually.TrueAsync(
            async () => (state = (await system.TryAsync("systemctl is-system-running")).Output.Trim()) is "running" or "degraded",
            () => $"systemd is {state}\n{system.Console}",
            TimeSpan.FromMinutes(1));
        return system;
    }

    /// <summary>With a process that only waits: a host without systemd, as a container is.</summary>
    public static Task<DebianSystem> StartWithoutSystemdAsync(SharedPackages packages) => StartAsync(packages, "sleep", "infinity");

    /// <summary>What was said at the start.</summary>
    public string Console
    {
        get
        {
            lock (_console)
            {
                return _console.ToString();
            }
        }
    }

    /// <summary>Runs a line of shell as root, which must succeed.</summary>
    /// <returns>What it wrote to standard output, without the last line ends.</returns>
    public async Task<string> RunAsync(string line)
    {
        ProgramResult result = await TryAsync(line);
        result.Status.ShouldBe(0, $"{line}\n{result.Output}{result.Error}");
        return result.Output.TrimEnd('\n');
    }

    /// <summary>Runs a line of shell as root.</summary>
    public Task<ProgramResult> TryAsync(string line) => Programs.RunAsync(
        "nsenter",
        [
            "-t", _first.ToString(CultureInfo.InvariantCulture), "-m", "-p", "-u", "-i", "-n", "-C",
            "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "HOME=/root",
            "bash", "-c", $"cd / && {line}",
        ]);

    /// <summary>Runs a line of shell as a user, with the groups that the system gives it.</summary>
    public Task<ProgramResult> TryAsUserAsync(string user, string line) =>
        TryAsync($"setpriv --reuid={user} --regid=$(id -g {user}) --init-groups -- bash -c '{line}'");

    /// <summary>Starts a program as root in the background; what it says is in <c>/tmp/log</c>.</summary>
    public Task<string> BeginAsync(string program) => RunAsync($"(setsid {program} > /tmp/log 2>&1 < /dev/null &)");

    /// <summary>Waits until a line of shell writes this.</summary>
    public async Task BecomesAsync(string line, string expected)
    {
        ProgramResult last = new(0, "", "");
        await Eventually.TrueAsync(
            async () => (last = await TryAsync(line)).Output.Trim() == expected,
            () => $"expected {expected} of: {line}\n{last.Output}{last.Error}");
    }

    /// <summary>Waits until the journal of a unit has these words: what a program says is there a moment later.</summary>
    public Task SaysAsync(string unit, string words) => BecomesAsync($"journalctl -u {unit} | grep -oF '{words}' | sort -u", words);

    /// <summary>Installs packages of those under test, or upgrades to them.</summary>
    public Task<string> InstallAsync(params IEnumerable<string> files) =>
        RunAsync($"dpkg --force-unsafe-io -i {string.Join(' ', files.Select(file => $"/mnt/{file}"))} 2>&1");

    public async ValueTask DisposeAsync()
    {
        _starter.StandardInput.Close();
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        await _starter.WaitForExitAsync(deadline.Token);
        _starter.Dispose();
    }

    private static async Task<DebianSystem> StartAsync(SharedPackages packages, params string[] program)
    {
        Process starter = Process.Start(new ProcessStartInfo(
            "bash",
            [Path.Combine(AppContext.BaseDirectory, "Roots/start.sh"), packages.Root.Path, packages.Directory, .. program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string? first = await starter.StandardOutput.ReadLineAsync();
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            throw new InvalidOperationException($"no system was started: {await starter.StandardError.ReadToEndAsync()}");
        }

        DebianSystem system = new(starter, id);
        starter.ErrorDataReceived += (_, line) =>
        {
            lock (system._console)
            {
                system._console.AppendLine(line.Data);
            }
        };
        starter.BeginErrorReadLine();

        // The root is the system's own once the old one is gone.
        await Eventually.TrueAsync(
            async () => (await system.TryAsync("test -d /mnt -a ! -d /.old && mountpoint -q /mnt")).Status == 0,
            () => $"the root is not there\n{system.Console}");
        return system;
    }
}
