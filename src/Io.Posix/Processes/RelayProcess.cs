using System.ComponentModel;
using System.Globalization;
using System.Text;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// A relay that this process keeps: the same program, found at its path now, with the same arguments, and at the other end of a
/// channel that it inherits. It runs on when its keeper dies.
/// </summary>
/// <remarks>Owned by one thread.</remarks>
internal sealed unsafe class RelayProcess : IDisposable
{
    // What the service manager has told the keeper concerns the keeper alone.
    private static readonly string[] Ours =
    [
        HandOver.Variable, KeeperLink.Variable, KeeperState.Variable, "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", ListenOwner,
    ];

    private const string ListenOwner = "LISTEN_PID";

    private int? _status;

    /// <param name="id">Of a child that runs.</param>
    public RelayProcess(int id, DescriptorChannel channel)
    {
        Id = id;
        Channel = channel;
    }

    public int Id { get; }

    public DescriptorChannel Channel { get; }

    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static RelayProcess Start(string path)
    {
        (DescriptorChannel ours, DescriptorChannel theirs) = DescriptorChannel.MakePair();
        using (theirs)
        {
            _ = LibC.fcntl(theirs.Descriptor, LibC.F_SETFD, 0);
            int child;
            int error = Spawn(path, theirs.Descriptor, &child);
            if (error != 0)
            {
                ours.Dispose();
                throw new Win32Exception(error, $"{path}: {LibC.Describe((Errno)error)}");
            }

            return new RelayProcess(child, ours);
        }
    }

    /// <summary>The exit status of a relay that has ended, 128 + N if signal N ended it; null while it runs.</summary>
    public int? TryReap()
    {
        int status;
        if (_status is null && LibC.waitpid(Id, &status, LibC.WNOHANG) is var reaped && reaped != 0)
        {
            const int SignalMask = 0x7F; // wait(2)
            int signal = status & SignalMask;
            _status = reaped < 0 ? 1 : signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
        }

        return _status;
    }

    /// <summary>Ends it at once, if it has not been reaped.</summary>
    public void Kill()
    {
        if (_status is null)
        {
            _ = LibC.kill(Id, LibC.SIGKILL);
        }
    }

    public void Dispose() => Channel.Dispose();

    private static int Spawn(string path, int channel, int* child)
    {
        List<byte[]> environment = OwnProgram.EnvironmentWithout(Ours);
        environment.Add(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{KeeperLink.Variable}={channel}")));
        if (Environment.GetEnvironmentVariable(ListenOwner) is { } owner)
        {
            environment.Add(Encoding.UTF8.GetBytes($"{ListenOwner}={owner}"));
        }

        using NativeStrings strings = new();
        void* attributes = strings.AddTable<byte>(LibC.SpawnObjectBytes);
        ulong* noSignals = strings.AddTable<ulong>(LibC.SigsetBytes / sizeof(ulong));
        _ = LibC.posix_spawnattr_init(attributes);
        _ = LibC.posix_spawnattr_setflags(attributes, LibC.POSIX_SPAWN_SETSIGMASK);
        _ = LibC.posix_spawnattr_setsigmask(attributes, noSignals);
        int error = LibC.posix_spawn(
            child,
            strings.Add(path),
            null,
            attributes,
            strings.AddVector(OwnProgram.Arguments()),
            strings.AddVector(environment));
        _ = LibC.posix_spawnattr_destroy(attributes);
        return error;
    }
}
