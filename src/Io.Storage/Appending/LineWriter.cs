using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Queues;

namespace RtpProxy.Io.Storage.Appending;

/// <summary>
/// Appends records to a file, a line each, by a thread of its own. Its queue is bounded: what the disk does not take, or not in
/// time, costs records, which are counted and told, and nobody else waits.
/// </summary>
/// <remarks>Posting is thread-safe; opened, started and stopped by one thread.</remarks>
public sealed class LineWriter<T> : IDisposable
    where T : class
{
    /// <summary>Records waiting for the disk.</summary>
    public const int MaxQueued = 8192;

    // How long another process may hold the lock, and how often it is tried.
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    // What is still queued when the program ends gets this long.
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly ILineForm<T> _form;
    private readonly ILogger _logger;
    private readonly LineFile _file;
    private readonly BoundedQueue<T> _queue = new(MaxQueued);
    private readonly WriterThread _thread;
    private readonly ArrayBufferWriter<byte> _line = new();
    private long _lost;
    private long _refused; // those of the lost that found no room, to be told

    /// <param name="path">Absolute. The file is opened anew whenever another one, or none, has its name.</param>
    public LineWriter(string path, ILineForm<T> form, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(form);
        _path = path;
        _form = form;
        _logger = logger;
        _file = new LineFile(path, form.Header);
        _thread = new WriterThread("records", TryWriteQueued);
    }

    /// <summary>Records lost, because the disk did not take them or because too many were waiting.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Opens the file, so that a start with a wrong path fails, and begins to write.</summary>
    /// <param name="isNeeded">False: where it cannot be opened that is told, and tried again for each record.</param>
    /// <exception cref="IOException">It cannot be opened, and is needed.</exception>
    public void Start(bool isNeeded)
    {
        if (_file.Open() is var errno and not Errno.None)
        {
            string reason = LibC.Describe(errno);
            if (isNeeded)
            {
                throw new IOException($"{_path}: {reason}");
            }

            Log.LinesNotOpened(_logger, _path, reason);
        }

        _thread.Start();
    }

    /// <summary>Has a record written soon; never waits.</summary>
    public void Post(T record)
    {
        if (!_queue.TryEnqueue(record))
        {
            Interlocked.Increment(ref _lost);
            Interlocked.Increment(ref _refused);
            return;
        }

        _thread.Wake();
    }

    /// <summary>Writes what is queued, unless that takes too long. Nobody posts any more.</summary>
    public void Stop()
    {
        _thread.TellToStop();
        if (!_thread.TryJoin(FarewellPatience))
        {
            Log.LinesStuck(_logger, _path);
        }
    }

    public void Dispose()
    {
        Stop();
        if (!_thread.IsAlive)
        {
            _file.Dispose();
            _thread.Dispose();
        }
    }

    private bool TryWriteQueued()
    {
        if (_queue.TryDequeue(out T? record))
        {
            WriteQueued(record);
            return true;
        }

        TellRefused();
        return false;
    }

    /// <summary>Writes a record and those behind it; only so many at a time, since the file may have been moved away meanwhile.</summary>
    private void WriteQueued(T first)
    {
        const int Most = 64;
        Errno ready = Prepare();
        T? record = first;
        int count = 0;
        do
        {
            if ((ready == Errno.None ? Write(record) : ready) is var errno and not Errno.None)
            {
                Interlocked.Increment(ref _lost);
                Log.LineNotWritten(_logger, _path, LibC.Describe(errno));
            }
        }
        while (++count < Most && _queue.TryDequeue(out record));

        if (ready == Errno.None)
        {
            _file.Unlock();
        }
    }

    /// <summary>The file of that name is open, locked, and has its header; or nothing of this.</summary>
    private Errno Prepare()
    {
        Errno errno = _file.Open();
        errno = errno == Errno.None ? Lock() : errno;
        if (errno == Errno.None)
        {
            errno = _file.Begin();
            if (errno != Errno.None)
            {
                _file.Unlock();
            }
        }

        return errno;
    }

    private Errno Lock()
    {
        long since = Stopwatch.GetTimestamp();
        Errno errno = _file.TryLock();
        while (errno == Errno.EAGAIN && !_thread.IsStopping && Stopwatch.GetElapsedTime(since) < LockPatience)
        {
            Thread.Sleep(LockPause);
            errno = _file.TryLock();
        }

        return errno;
    }

    private Errno Write(T record)
    {
        _line.ResetWrittenCount();
        _form.Write(record, _line);
        return _file.Append(_line.WrittenSpan);
    }

    private void TellRefused()
    {
        if (Interlocked.Exchange(ref _refused, 0) is > 0 and var refused)
        {
            Log.LinesRefused(_logger, _path, refused);
        }
    }
}
