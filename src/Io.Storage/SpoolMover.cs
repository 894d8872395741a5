using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Storage;

/// <summary>
/// Brings recordings out of the spool that a rename does not: those on another file system, which have to be copied, and
/// those that an earlier run left there. On a thread of its own, since a copy may take long.
/// </summary>
/// <remarks>
/// Thread-safe. What it has not done when the daemon ends stays in the spool for the next start; a copy appears under its
/// name only when it is complete and on the disk.
/// </remarks>
internal sealed class SpoolMover(string directory, string spoolDirectory, ILogger logger) : IDisposable
{
    private const int MaxQueued = 65_536;
    private const int CopyBytes = 1 << 16;
    private const string PartPrefix = ".rtpproxy-";
    private const string PartEnding = ".part";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<(RecordingPath Path, string CallId)> _queue = new(MaxQueued);
    private readonly Lock _lock = new();
    private Thread? _thread;
    private volatile bool _isStopping;
    private int _parts;

    /// <summary>Looks through the spool for what an earlier run left, and says if it is on another file system.</summary>
    public void Start()
    {
        if (FileStatus.TryReadTarget(NativePath.From(directory), out FileStatus final) == Errno.None
            && FileStatus.TryReadTarget(NativePath.From(spoolDirectory), out FileStatus spool) == Errno.None
            && final.Device != spool.Device)
        {
            Log.SpoolElsewhere(logger, spoolDirectory, directory);
        }

        EnsureThread();
    }

    /// <summary>Takes over a complete recording; one too many stays in the spool.</summary>
    public void Post(RecordingPath path, string callId)
    {
        if (!_isStopping && _queue.TryAdd((path, callId)))
        {
            EnsureThread();
        }
        else
        {
            Log.RecordingStaysInSpool(logger, callId, "it is moved at the next start");
        }
    }

    /// <summary>Gives what is queued a moment; the rest stays in the spool.</summary>
    public void Stop() => TryStop();

    public void Dispose()
    {
        // A thread that hangs in the file system comes back to the queue when it can: it is left to it then.
        if (TryStop())
        {
            _queue.Dispose();
        }
    }

    private bool TryStop()
    {
        _queue.CompleteAdding();
        if (_thread is null || _thread.Join(_isStopping ? TimeSpan.Zero : StopPatience))
        {
            return true;
        }

        _isStopping = true;
        return _thread.Join(StopPatience);
    }

    private void EnsureThread()
    {
        lock (_lock)
        {
            if (_thread is null)
            {
                _thread = new Thread(Run) { Name = "spool", IsBackground = true };
                _thread.Start();
            }
        }
    }

    private void Run()
    {
        WriterThread.BecomeWriter();
        RemoveUnfinishedCopies();
        MoveLeftovers();
        foreach ((RecordingPath path, string callId) in _queue.GetConsumingEnumerable())
        {
            if (_isStopping)
            {
                Log.RecordingStaysInSpool(logger, callId, "it is moved at the next start");
            }
            else if (Move(path) is var errno && errno is not (Errno.None or Errno.ENOENT))
            {
                Log.RecordingStaysInSpool(logger, callId, LibC.Describe(errno));
            }
        }
    }

    private void MoveLeftovers()
    {
        int moved = 0;
        foreach (byte[] name in NativeFile.List(NativePath.From(spoolDirectory)))
        {
            string text = System.Text.Encoding.Latin1.GetString(name);
            if (_isStopping || !RecordingForm.MayBe(spoolDirectory, text))
            {
                continue;
            }

            var path = new RecordingPath(directory, spoolDirectory, RecordingName.Of(text), 0);
            switch (Move(path))
            {
                case Errno.None:
                    moved++;
                    break;
                case Errno.EAGAIN or Errno.ENOENT: // being written, or somebody else was faster
                    break;
                case var errno:
                    Log.LeftoverStaysInSpool(logger, path.ToString(), LibC.Describe(errno));
                    break;
            }
        }

        if (moved > 0)
        {
            Log.LeftoversMoved(logger, moved, spoolDirectory);
        }
    }

    /// <summary>Also of another daemon, if it shares the spool: who has locked the file moves it.</summary>
    private Errno Move(RecordingPath path)
    {
        using FdHandle source = NativeFile.OpenRegular(path.ToWrite, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOFOLLOW, out _, out Errno errno);
        if (errno != Errno.None)
        {
            return errno;
        }

        if (!NativeFile.TryLock(source) || !NativeFile.IsAtRest(source))
        {
            return Errno.EAGAIN;
        }

        errno = path.MoveOutOfSpool();
        return errno == Errno.EXDEV ? Copy(source, path) : errno;
    }

    private Errno Copy(FdHandle source, RecordingPath path)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{PartPrefix}{Environment.ProcessId}-{_parts++}{PartEnding}");
        byte[] part = NativePath.From(directory, name);
        using FdHandle target = NativeFile.Open(
            part, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_CLOEXEC, 0x1B6, out Errno errno);
        if (errno != Errno.None)
        {
            return errno;
        }

        _ = NativeFile.TryLock(target); // a sign for RemoveUnfinishedCopies
        errno = CopyBytewise(source, target);
        if (errno == Errno.None)
        {
            errno = path.RenameFrom(part);
        }

        NativeFile.Remove(errno == Errno.None ? path.ToWrite : part);
        return errno;
    }

    private unsafe Errno CopyBytewise(FdHandle source, FdHandle target)
    {
        byte[] buffer = new byte[CopyBytes];
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = LibC.read(source.Number, start, buffer.Length);
            }

            if (_isStopping)
            {
                return Errno.EINTR;
            }

            if (count < 0 && LibC.LastErrno != Errno.EINTR)
            {
                return LibC.LastErrno;
            }

            if (count == 0)
            {
                return LibC.fsync(target.Number) == 0 ? Errno.None : LibC.LastErrno;
            }

            Errno errno = FileWriter.WriteAll(target, buffer.AsSpan(0, (int)Math.Max(count, 0)), out _);
            if (errno != Errno.None)
            {
                return errno;
            }
        }
    }

    // Of a run that was killed while it copied.
    private void RemoveUnfinishedCopies()
    {
        foreach (byte[] name in NativeFile.List(NativePath.From(directory)))
        {
            string text = System.Text.Encoding.Latin1.GetString(name);
            if (!text.StartsWith(PartPrefix, StringComparison.Ordinal) || !text.EndsWith(PartEnding, StringComparison.Ordinal))
            {
                continue;
            }

            byte[] path = NativePath.From(directory, text);
            using FdHandle file = NativeFile.OpenRegular(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOFOLLOW, out _, out Errno errno);
            if (errno == Errno.None && NativeFile.TryLock(file))
            {
                NativeFile.Remove(path);
            }
        }
    }
}
