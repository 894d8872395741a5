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
    private const string ServiceSocket = "NOTIFY_SOCKET";

    // What the service manager has told the keeper concerns the keeper alone, as long as it lives.
    private static readonly string[] Ours =
    [
        HandOver.Variable, KeeperState.Variable, KeptConfiguration.Variable, KeeperLink.ServiceVariable,
        ServiceSocket, "WATCHDOG_PID", "WATCHDOG_USEC",
    ];

    private readonly Child _child;

    /// <param name="id">Of a child that runs.</param>
    public RelayProcess(int id, DescriptorChannel channel)
    {
        _child = new Child(id);
        Channel = channel;
    }

    public int Id => _child.Id;

    public DescriptorChannel Channel { get; }

    /// <param name="configuration">A descriptor that it has for <see cref="KeptConfiguration"/>; null for none.</param>
    /// <param name="blocked">Signals that do not end it while it starts; it lets them through itself.</param>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static RelayProcess Start(string path, int? configuration, ReadOnlySpan<int> blocked)
    {
        (DescriptorChannel ours, DescriptorChannel theirs) = DescriptorChannel.MakePair();
        using (theirs)
        {
            _ = LibC.fcntl(theirs.Descriptor, LibC.F_SETFD, 0);
            LetThrough(configuration, flags: 0);
            int child;
            int error = Spawn(path, theirs.Descriptor, configuration, blocked, &child);
            LetThrough(configuration, LibC.FD_CLOEXEC);
            if (error != 0)
            {
                ours.Dispose();
                throw new Win32Exception(error, $"{path}: {LibC.Describe((Errno)error)}");
            }

            return new RelayProcess(child, ours);
        }
    }

    /// <inheritdoc cref="Child.TryReap"/>
    public int? TryReap() => _child.TryReap();

    /// <summary>Ends it at once, if it has not been reaped.</summary>
    public void Kill() => _child.Kill();

    public void Dispose() => Channel.Dispose();

    private static void LetThrough(int? descriptor, int flags)
    {
        if (descriptor is { } number)
        {
            _ = LibC.fcntl(number, LibC.F_SETFD, flags);
        }
    }

    private static int Spawn(string path, int channel, int? configuration, ReadOnlySpan<int> blocked, int* child)
    {
        List<byte[]> environment = OwnProgram.EnvironmentWith(
            KeeperLink.Variable, channel.ToString(CultureInfo.InvariantCulture), without: Ours);
        if (configuration is { } number)
        {
            environment.Add(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{KeptConfiguration.Variable}={number}")));
        }

        if (Environment.GetEnvironmentVariable(ServiceSocket) is { Length: > 0 } socket)
        {
            environment.Add(Encoding.UTF8.GetBytes($"{KeeperLink.ServiceVariable}={socket}"));
        }

        using NativeStrings strings = new();
        void* attributes = strings.AddTable<byte>(LibC.SpawnObjectBytes);
        ulong* signals = stackalloc ulong[SignalSet.Words];
        SignalSet.Write(signals, blocked);
        _ = LibC.posix_spawnattr_init(attributes);
        _ = LibC.posix_spawnattr_setflags(attributes, LibC.POSIX_SPAWN_SETSIGMASK);
        _ = LibC.posix_spawnattr_setsigmask(attributes, signals);
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
