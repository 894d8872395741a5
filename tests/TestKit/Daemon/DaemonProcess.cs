using System.Diagnostics;
using System.Globalization;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>
/// The executable, running in a working directory of its own. Started and ready when <see cref="StartAsync"/> returns;
/// ended by disposing at the latest.
/// </summary>
public sealed class DaemonProcess : IAsyncDisposable
{
    private static readonly PortRange DefaultPorts = new(27_000, 27_999);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly bool _isForeground;

    private DaemonProcess(
        Process process, WorkingDirectory directory, IReadOnlyList<ControlSocket> sockets, PortRange ports, bool isForeground)
    {
        _process = process;
        Directory = directory;
        Sockets = sockets;
        Ports = ports;
        _isForeground = isForeground;
        bool isOutputALog = sockets.All(socket => socket.Transport != Transport.Stdio);
        _reading = Task.WhenAll(
            Log.ReadAllAsync(process.StandardError),
            isOutputALog ? Output.ReadAllAsync(process.StandardOutput) : Task.CompletedTask);
    }

    /// <summary>Its current directory unless it went to the background; removed when this is disposed.</summary>
    public WorkingDirectory Directory { get; }

    public IReadOnlyList<ControlSocket> Sockets { get; }

    /// <summary>The media ports that it was given.</summary>
    public PortRange Ports { get; }

    /// <summary>What it has written to standard error.</summary>
    public OutputLines Log { get; } = new();

    /// <summary>What it has written to standard output, unless that is a control socket.</summary>
    public OutputLines Output { get; } = new();

    public string PidFile => Directory.File("rtpproxy.pid");

    /// <summary>The pid of the daemon itself, also in the background.</summary>
    public int Id { get; private set; }

    /// <summary>The exit status of the program that was started; 128 + N if signal N ended it.</summary>
    public int ExitStatus => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    internal Stream Input => _process.StandardInput.BaseStream;

    internal Stream OutputStream => _process.StandardOutput.BaseStream;

    /// <summary>Starts a daemon and waits until its start-up is complete.</summary>
    /// <param name="prepare">Called with the working directory before the start.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it said.</exception>
    public static async Task<DaemonProcess> StartAsync(DaemonSettings? settings = null, Action<WorkingDirectory>? prepare = null)
    {
        settings ??= new DaemonSettings();
        WorkingDirectory directory = new();
        prepare?.Invoke(directory);
        ControlSocket[] sockets = [.. settings.Transports.Select(transport => ControlSocket.Choose(transport, directory))];
        PortRange ports = settings.Ports ?? FreePorts.RangeLike(DefaultPorts);
        Process process = Launch(settings, directory, sockets, ports);
        DaemonProcess daemon = new(process, directory, sockets, ports, settings.Foreground);
        try
        {
            await daemon.WaitUntilReadyAsync();
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the executable to its end, with these arguments and nothing else.</summary>
    public static async Task<ProgramResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        using WorkingDirectory directory = new();
        return await RunInAsync(directory, arguments);
    }

    /// <inheritdoc cref="RunAsync"/>
    public static Task<ProgramResult> RunInAsync(WorkingDirectory directory, params IReadOnlyList<string> arguments) =>
        ProgramRun.InAsync(directory, Executables.Daemon, arguments);

    /// <summary>The control socket of a kind.</summary>
    public ControlSocket Socket(Transport transport) => Sockets.Single(socket => socket.Transport == transport);

    /// <summary>Opens a conversation over one of its control sockets; the first one unless another is named.</summary>
    public async Task<ControlClient> ConnectAsync(Transport? transport = null) =>
        await ControlClient.ConnectAsync(this, transport is { } named ? Socket(named) : Sockets[0]);

    /// <summary>One command over the first control socket, on a connection of its own.</summary>
    /// <returns>The reply without its last line end.</returns>
    public async Task<string> AskAsync(string command)
    {
        await using ControlClient client = await ConnectAsync();
        return await client.AskAsync(command);
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <param name="name">Without SIG.</param>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("/bin/kill", ["-s", name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the daemon has ended by itself.</summary>
    /// <returns>The exit status; of one in the background nobody learns it, and it is that of the program that was started.</returns>
    /// <exception cref="TimeoutException">It goes on.</exception>
    public async Task<int> WaitForExitAsync()
    {
        await Eventually.TrueAsync(() => !IsAlive(), "the daemon ends");
        await _process.WaitForExitAsync();
        await _reading.WaitAsync(Eventually.Deadline);
        return _process.ExitCode;
    }

    /// <summary>Ends the daemon, at once if it does not listen, and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsAlive())
        {
            await SignalAsync("TERM");
            try
            {
                await Eventually.TrueAsync(() => !IsAlive(), "the daemon ends on TERM");
            }
            catch (TimeoutException)
            {
                await SignalAsync("KILL");
                throw;
            }
        }

        _process.Dispose();
        Directory.Dispose();
    }

    private static Process Launch(
        DaemonSettings settings, WorkingDirectory directory, IReadOnlyList<ControlSocket> sockets, PortRange ports)
    {
        ControlSocket? activated = sockets.FirstOrDefault(socket => socket.Transport == Transport.Systemd);
        bool isThrough = settings.Through.Count > 0;
        string program = activated is null ? Executables.Daemon : SocketActivation.Launcher;
        ProcessStartInfo start = Prepare(isThrough ? settings.Through[0] : program, directory);
        List<string> arguments =
        [
            .. isThrough ? [.. settings.Through.Skip(1), program] : Array.Empty<string>(),
            .. activated is null ? [] : SocketActivation.Arguments(activated),
            .. settings.Foreground ? ["-f"] : Array.Empty<string>(),
            "-F",
            .. sockets.SelectMany(socket => new[] { "-s", socket.Argument }),
            "-p", directory.File("rtpproxy.pid"),
            "-m", ports.Min.ToString(CultureInfo.InvariantCulture),
            "-M", ports.Max.ToString(CultureInfo.InvariantCulture),
            "-d", settings.LogLevel,
            .. settings.Options,
        ];
        arguments.ForEach(start.ArgumentList.Add);
        foreach ((string name, string value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static ProcessStartInfo Prepare(string program, WorkingDirectory directory)
    {
        return new(program)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    // The pid file is written when start-up is complete.
    private async Task WaitUntilReadyAsync()
    {
        int id = 0;
        await Eventually.TrueAsync(
            () => (_isForeground && _process.HasExited)
                || (!_isForeground && _process.HasExited && _process.ExitCode != 0)
                || TryReadPid(out id),
            $"a pid in {PidFile}; so far: {Log.Text}");
        if (id == 0)
        {
            await _reading;
            throw new InvalidOperationException($"the daemon ended with status {_process.ExitCode}: {Log.Text}");
        }

        Id = id;
        if (!_isForeground)
        {
            await _process.WaitForExitAsync();
        }
    }

    private bool TryReadPid(out int id)
    {
        id = 0;
        return File.Exists(PidFile)
            && File.ReadAllText(PidFile) is [.. var digits, '\n']
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    // A daemon in the background belongs to init, which may be slow to bury it: a zombie has ended.
    private bool IsAlive() => _isForeground || Id == 0 ? !_process.HasExited : ProcessStat.IsAlive(Id);
}
