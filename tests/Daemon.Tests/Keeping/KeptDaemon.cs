using System.Diagnostics;
using System.Globalization;
using RtpProxy.Daemon.Tests.Processes;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>The executable with <c>--keep</c>, started by a link that can be made to lead elsewhere.</summary>
internal sealed class KeptDaemon : IAsyncDisposable
{
    private const string Link = "rtpproxy";

    private KeptDaemon(DaemonProcess keeper) => Keeper = keeper;

    public DaemonProcess Keeper { get; }

    /// <summary>The pid of the relay; of two the older one. 0 while there is none.</summary>
    public int Relay => ChildrenOf(Keeper.Id).FirstOrDefault();

    /// <summary>Of two relays the one that was started last.</summary>
    public int NewerRelay => ChildrenOf(Keeper.Id).LastOrDefault();

    /// <summary>All descendants of the keeper's.</summary>
    public int Relays => ChildrenOf(Keeper.Id).Count;

    public static Task<KeptDaemon> StartAsync(params string[] options) => StartAsync(prepare: _ => { }, options);

    /// <param name="prepare">Makes what it finds in its directory; programs in <c>bin</c> there come first in its path.</param>
    public static Task<KeptDaemon> StartAsync(Action<WorkingDirectory> prepare, params string[] options) =>
        StartAsync($"PATH=$PWD/bin:$PATH; export PATH; shift; exec ./{Link} \"$@\"", prepare, options);

    /// <summary>Starts it with another current directory, below its own.</summary>
    public static Task<KeptDaemon> StartBelowAsync(string directory, params string[] options) =>
        StartAsync($"shift; mkdir {directory}; cd {directory}; exec ../{Link} \"$@\"", prepare: _ => { }, options);

    /// <summary>Starts it with a file <c>hosts</c> of its own in the place of the system's, and no name server.</summary>
    public static Task<KeptDaemon> StartWithHostsAsync(string hosts, params string[] options) => StartAsync(
        $"shift; mount --bind hosts /etc/hosts && mount --bind nowhere /etc/resolv.conf && exec ./{Link} \"$@\"",
        directory =>
        {
            File.WriteAllText(directory.File("hosts"), hosts + "\n");
            File.WriteAllText(directory.File("nowhere"), "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
        },
        options,
        "/usr/bin/unshare", "-m");

    private static async Task<KeptDaemon> StartAsync(string script, Action<WorkingDirectory> prepare, string[] options, params string[] around)
    {
        DaemonSettings settings = new()
        {
            Transports = [Transport.Udp, Transport.Unix],
            Options = ["--keep", "-l", "127.0.0.1", "--admin", "unix:admin.sock", "--workers", "2", .. options],
            Through = [.. around, "/bin/sh", "-c", script, "sh"],
            LogLevel = "info",
        };
        return new KeptDaemon(await DaemonProcess.StartAsync(
            settings,
            directory =>
            {
                File.CreateSymbolicLink(directory.File(Link), Executables.Daemon);
                prepare(directory);
            }));
    }

    /// <summary>What the link leads to from now on: a script, or the executable again.</summary>
    public void Install(string? script)
    {
        string path = Keeper.Directory.File(Link);
        string next = Keeper.Directory.File("next");
        if (script is null)
        {
            File.CreateSymbolicLink(next, Executables.Daemon);
        }
        else
        {
            File.WriteAllText(next, $"#!/bin/sh\n{script}\n");
            if (OperatingSystem.IsLinux()) // where else?
            {
                File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Sends a signal to the relay, and waits for the one that follows it.</summary>
    public async Task<int> KillAsync(string signal = "KILL")
    {
        int before = Relay;
        await SignalAsync(signal, before);
        await Eventually.TrueAsync(() => Relay is var relay && relay != before && relay != 0, "another relay");
        return Relay;
    }

    /// <summary>Asks for an upgrade and waits until the new relay is alone.</summary>
    public async Task UpgradeAsync()
    {
        int before = Relay;
        await Keeper.SignalAsync("USR2");
        await Eventually.TrueAsync(
            () => Task.FromResult(Relay != before && Relays == 1), () => $"a new relay, alone, which was expected; {Keeper.Log.Text}");
    }

    /// <summary>Does the same, and waits for the keeper too: it is another program in between, with fewer descriptors while it starts.</summary>
    public async Task UpgradeWhollyAsync()
    {
        int before = LastLineWith("upgrade: done");
        await UpgradeAsync();
        await Eventually.TrueAsync(
            () => LastLineWith("upgrade: done") is var done && done > before && LastLineWith("the keeper goes on as") > done,
            "the keeper is the new program");
    }

    /// <summary>Stops a process; returns when none of its threads goes on.</summary>
    public static async Task StopAsync(int process)
    {
        await SignalAsync("STOP", process);
        await Eventually.TrueAsync(() => ProcessFacts.OfThreads(process, "State") is ["T (stopped)"], "it is stopped");
    }

    public static async Task SignalAsync(string name, int process)
    {
        using Process kill = Process.Start("/bin/kill", ["-s", name, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Bytes that a relay has not read yet of what its keeper says.</summary>
    public static int UnreadByRelay(int relay)
    {
        const string Variable = "RTPPROXY_KEEPER_FD=";
        string channel = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{relay}/environ")).Split('\0')
            .First(setting => setting.StartsWith(Variable, StringComparison.Ordinal))[Variable.Length..];
        string socket = ProcessFacts.Descriptor(relay, int.Parse(channel, CultureInfo.InvariantCulture)); // socket:[NUMBER]
        using Process sockets = Process.Start(new ProcessStartInfo("ss", ["--unix", "--all", "--no-header"]) { RedirectStandardOutput = true })!;
        string[] fields = sockets.StandardOutput.ReadToEnd().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(fields => fields.Length > 5 && fields[5] == socket["socket:[".Length..^1]);
        return int.Parse(fields[2], CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => Keeper.DisposeAsync();

    private int LastLineWith(string words) =>
        Keeper.Log.All.ToList().FindLastIndex(line => line.Contains(words, StringComparison.Ordinal));

    private static List<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id != 0 && ProcessStat.Read(id) is [not "Z", var of, ..]
                && of == parent.ToString(CultureInfo.InvariantCulture))
            .Order()];
}
