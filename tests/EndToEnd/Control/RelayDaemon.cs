using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.EndToEnd.Control;

/// <summary>The daemon under test, in the foreground, on addresses of its own.</summary>
public sealed class RelayDaemon : IAsyncDisposable
{
    public const int LowestPort = 10_000;
    public const int HighestPort = 29_999; // below the ports that the kernel hands out by itself

    private readonly ChildProcess _process;
    private ControlClient? _control;

    private RelayDaemon(ChildProcess process, IPAddress address, ControlSocket socket) =>
        (_process, Address, Socket) = (process, address, socket);

    /// <summary>Its IPv4 media address.</summary>
    public IPAddress Address { get; }

    public ControlSocket Socket { get; }

    public int Id => _process.Id;

    public string Output => _process.Output;

    public bool HasEnded => _process.HasEnded;

    /// <summary>How many sockets, epoll sets, event counters, pipes and files of its own the process holds now.</summary>
    public int Descriptors => DescriptorTargets().Count();

    /// <summary>Starts the daemon and returns when it answers <c>V</c>.</summary>
    /// <param name="arguments">Added to address, ports, control socket and foreground.</param>
    public static async Task<RelayDaemon> StartAsync(
        string name, string controlKind, WorkDirectory directory, params string[] arguments)
    {
        // The free UDP port may have been taken by somebody else meanwhile; three in a row are no chance.
        for (int attempt = 1; ; attempt++)
        {
            IPAddress address = Loopback.NextAddress();
            var socket = ControlSocket.Create(controlKind, name, directory, address);
            RelayDaemon? daemon = await TryStartAsync(name, address, socket, directory, arguments);
            if (daemon is not null)
            {
                return daemon;
            }

            (attempt < 3).ShouldBeTrue($"{Executables.Daemon} does not start: {File.ReadAllText(directory[name + ".log"])}");
        }
    }

    /// <summary>Starts the daemon on a given control socket; null when it has ended by itself.</summary>
    public static async Task<RelayDaemon?> TryStartAsync(
        string name, IPAddress address, ControlSocket socket, WorkDirectory directory, params string[] arguments)
    {
        ChildProcess process = await ChildProcess.StartAsync(name, Executables.Daemon,
            [
                "-f", "-F", "-s", socket.Argument, "-l", address.ToString(), "-p", directory[name + ".pid"],
                "-m", LowestPort.ToString(), "-M", HighestPort.ToString(), "-d", "INFO", .. arguments,
            ],
            directory);
        var daemon = new RelayDaemon(process, address, socket);
        try
        {
            await Eventually.TrueAsync(
                async () => process.HasEnded || await daemon.AnswersAsync(),
                () => $"{name} does not answer. {process.Tail()}");
            if (!process.HasEnded)
            {
                return daemon;
            }
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }

        await daemon.DisposeAsync();
        return null;
    }

    /// <summary>Sends a command over a connection that lasts as long as this object, and returns its reply.</summary>
    /// <exception cref="TimeoutException">No reply came; the message holds the end of the daemon's log.</exception>
    public async Task<string> AskAsync(string command)
    {
        try
        {
            return await (_control ??= Socket.Connect()).AskAsync(command);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}. {_process.Tail()}", e);
        }
    }

    /// <summary>Asks for the value of one global counter, whole numbers only.</summary>
    public async Task<long> CounterAsync(string name) => (await CountersAsync(name))[0];

    public async Task<IReadOnlyList<long>> CountersAsync(params string[] names) =>
        [.. (await AskAsync("G " + string.Join(' ', names))).Split(' ')
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>The figure of one line of the <c>I</c> reply.</summary>
    public async Task<long> SummaryAsync(string line)
    {
        using ControlClient control = Socket.Connect(); // a reply of several lines ends with its connection or datagram
        string reply = await control.AskAsync("I");
        string found = reply.Split('\n').Single(text => text.StartsWith(line + ":", StringComparison.Ordinal));
        return long.Parse(found[(line.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the process holds no more descriptors than <paramref name="count"/>.</summary>
    public Task DescriptorsFallToAsync(int count) =>
        Eventually.TrueAsync(
            () => Task.FromResult(Descriptors <= count),
            () => $"{Descriptors} descriptors, {count} expected: " + string.Join(' ', DescriptorTargets()) + _process.Tail());

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    public Task<int> EndAsync() => _process.EndAsync();

    public async ValueTask DisposeAsync()
    {
        _control?.Dispose();
        await _process.DisposeAsync();
    }

    // The runtime opens its assemblies when it first needs them: files of their own, or once more the executable that they are
    // in. A descriptor that was closed meanwhile has no target.
    private IEnumerable<string> DescriptorTargets()
    {
        string? executable = new FileInfo($"/proc/{Id}/exe").LinkTarget;
        return Directory.GetFiles($"/proc/{Id}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.Length > 0 && target != executable && !target.EndsWith(".dll", StringComparison.Ordinal)
                && !target.EndsWith(".pdb", StringComparison.Ordinal)
                && !target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/memfd:", StringComparison.Ordinal));
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using ControlClient client = Socket.Connect();
            return await client.AskAsync("V") == "20040107";
        }
        catch (SocketException)
        {
            return false; // nobody listens yet
        }
    }
}
