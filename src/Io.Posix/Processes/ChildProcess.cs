using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// A program that this process has started, that has a connection to it as descriptor 3, and whose standard error comes here. Its
/// standard input and output are the null device; it inherits no other descriptor. It runs after us: with ordinary scheduling
/// whatever ours is, a little nicer, and it is the first to go when the machine runs out of memory.
/// </summary>
/// <remarks>Owned by one thread at a time. Disposing ends the two connections, not the program.</remarks>
public sealed unsafe class ChildProcess : IDisposable
{
    /// <summary>The child's end of <see cref="Connection"/>, there.</summary>
    public const int ConnectionDescriptor = 3;

    private const int ErrorDescriptor = 2;
    private const int AboveStandard = 10; // out of the way of the numbers that the child's descriptors get
    private const int Nicer = 5;
    private const string OutOfMemoryScore = "500"; // of 1,000

    // What a service manager or whoever started us has told us, and not our children.
    private static readonly string[] Ours =
    [
        "NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID", "WATCHDOG_USEC", KeeperLink.ServiceVariable,
    ];

    private readonly Child _child;

    private ChildProcess(int id, Socket connection, Socket errors)
    {
        _child = new Child(id);
        Connection = connection;
        Errors = errors;
    }

    public int Id => _child.Id;

    /// <summary>A stream socket to the child.</summary>
    public Socket Connection { get; }

    /// <summary>What the child writes to its standard error.</summary>
    public Socket Errors { get; }

    /// <param name="path">Of the executable.</param>
    /// <param name="arguments">Without the name of the program.</param>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static ChildProcess Start(string path, IReadOnlyList<string> arguments)
    {
        (Socket connection, FdHandle theirConnection) = MakePair();
        using (theirConnection)
        {
            try
            {
                (Socket errors, FdHandle theirErrors) = MakePair();
                using (theirErrors)
                {
                    try
                    {
                        return new ChildProcess(Spawn(path, arguments, theirConnection, theirErrors), connection, errors);
                    }
                    catch
                    {
                        errors.Dispose();
                        throw;
                    }
                }
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <summary>The exit status of a child that has ended, 128 + N if signal N ended it; null while it runs.</summary>
    public int? TryReap() => _child.TryReap();

    /// <summary>Ends it at once, if it has not been reaped.</summary>
    public void Kill() => _child.Kill();

    public void Dispose()
    {
        Connection.Dispose();
        Errors.Dispose();
    }

    private static (Socket Ours, FdHandle Theirs) MakePair()
    {
        int* ends = stackalloc int[2];
        Check(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0, ends) == 0 ? Errno.None : LibC.LastErrno);
        var ours = new Socket(new SafeSocketHandle(ends[0], ownsHandle: true));
        using FdHandle low = FdHandle.Own(ends[1]);
        FdHandle theirs = FdHandle.Own(LibC.fcntl(low.Number, LibC.F_DUPFD_CLOEXEC, AboveStandard));
        Errno errno = theirs.IsInvalid ? LibC.LastErrno : Errno.None;
        if (errno != Errno.None)
        {
            ours.Dispose();
        }

        Check(errno);
        return (ours, theirs);
    }

    private static int Spawn(string path, IReadOnlyList<string> arguments, FdHandle connection, FdHandle errors)
    {
        using NativeStrings strings = new();
        void* files = strings.AddTable<byte>(LibC.SpawnObjectBytes);
        void* attributes = strings.AddTable<byte>(LibC.SpawnObjectBytes);
        byte* nothing = strings.Add("/dev/null");
        ulong* noSignals = strings.AddTable<ulong>(SignalSet.Words);
        int ordinary = 0;
        int child;
        CheckResult(LibC.posix_spawn_file_actions_init(files));
        CheckResult(LibC.posix_spawnattr_init(attributes));
        try
        {
            CheckResult(LibC.posix_spawn_file_actions_addopen(files, 0, nothing, LibC.O_RDWR, 0));
            CheckResult(LibC.posix_spawn_file_actions_addopen(files, 1, nothing, LibC.O_RDWR, 0));
            CheckResult(LibC.posix_spawn_file_actions_adddup2(files, errors.Number, ErrorDescriptor));
            CheckResult(LibC.posix_spawn_file_actions_adddup2(files, connection.Number, ConnectionDescriptor));
            CloseOthers(files);
            CheckResult(LibC.posix_spawnattr_setflags(
                attributes,
                LibC.POSIX_SPAWN_SETSCHEDULER | LibC.POSIX_SPAWN_SETSCHEDPARAM | LibC.POSIX_SPAWN_SETSIGMASK));
            CheckResult(LibC.posix_spawnattr_setsigmask(attributes, noSignals));
            CheckResult(LibC.posix_spawnattr_setschedpolicy(attributes, LibC.SCHED_OTHER));
            CheckResult(LibC.posix_spawnattr_setschedparam(attributes, &ordinary));
            CheckResult(LibC.posix_spawn(
                &child,
                strings.Add(path),
                files,
                attributes,
                strings.AddVector([path, .. arguments]),
                strings.AddVector(Settings())));
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(files);
            _ = LibC.posix_spawnattr_destroy(attributes);
        }

        StepBack(child);
        return child;
    }

    // Ours are all closed by an exec; what we have inherited from whoever started us need not be.
    private static void CloseOthers(void* files)
    {
        try
        {
            CheckResult(LibC.posix_spawn_file_actions_addclosefrom_np(files, ConnectionDescriptor + 1));
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that cannot.
        }
    }

    // Neither is needed for anything: where it is not permitted the child is what others are.
    private static void StepBack(int child)
    {
        _ = LibC.setpriority(LibC.PRIO_PROCESS, (uint)child, Nicer);
        try
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/oom_score_adj"), OutOfMemoryScore);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    private static List<string> Settings()
    {
        var settings = new List<string>();
        foreach (DictionaryEntry setting in Environment.GetEnvironmentVariables())
        {
            if (!Ours.Contains(setting.Key))
            {
                settings.Add($"{setting.Key}={setting.Value}");
            }
        }

        return settings;
    }

    private static void CheckResult(int error) => Check((Errno)error);

    private static void Check(Errno errno)
    {
        if (errno != Errno.None)
        {
            throw new Win32Exception((int)errno);
        }
    }
}
