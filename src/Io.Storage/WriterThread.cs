using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Io.Storage;

/// <summary>
/// A thread that puts on the disk what others hand over, and sleeps while there is nothing. It ends when it finds nothing after it
/// was told to, so that all that was handed over before is written.
/// </summary>
/// <remarks>Thread-safe, except for the start.</remarks>
/// <param name="name">Of the thread.</param>
/// <param name="tryWrite">Writes some of what waits, on the thread; false when nothing waits.</param>
internal sealed class WriterThread(string name, Func<bool> tryWrite) : IDisposable
{
    /// <summary>By how much it is nicer than the packet workers: what the processor cannot do costs records, not packets.</summary>
    public const int Niceness = 10;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private Thread? _thread;
    private int _isAsleep;
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    /// <summary>Once it was, whether or not it has ended.</summary>
    public bool IsStarted => _thread is not null;

    public bool IsAlive => _thread is { IsAlive: true };

    public void Start()
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>After something was handed over.</summary>
    public void Wake()
    {
        // A full fence between what was handed over and the look at the sleeper, as before the sleep.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    /// <summary>Lets the thread end when it finds nothing. Nobody hands anything over any more.</summary>
    public void TellToStop()
    {
        _isStopping = true;
        _wake.Set();
    }

    /// <summary>Waits until the thread, told to, has ended.</summary>
    /// <returns>False if that takes longer.</returns>
    public bool TryJoin(TimeSpan patience) => _thread?.Join(patience) ?? true;

    public void Dispose() => _wake.Dispose();

    /// <summary>Makes the calling thread one that writes to disks.</summary>
    public static void BecomeWriter()
    {
        _ = LibC.nice(Niceness); // always permitted
        SignalDisposition.KeepFromThisThread(LibC.SIGXFSZ); // a limit of file sizes is an error of write(2), not our end
    }

    private void Run()
    {
        BecomeWriter();
        while (true)
        {
            // Asked before the look: what was handed over before the stop is found by it.
            bool isLastLook = _isStopping;
            while (tryWrite())
            {
            }

            if (isLastLook)
            {
                return;
            }

            Interlocked.Exchange(ref _isAsleep, 1);
            if (!tryWrite() && !_isStopping)
            {
                _wake.WaitOne();
            }

            Volatile.Write(ref _isAsleep, 0);
        }
    }
}
