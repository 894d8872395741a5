using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Storage;

/// <summary>One open recording: collects records in a buffer and hands full buffers to the writer.</summary>
/// <remarks>
/// The reserving side is owned by one worker; the writing side (<see cref="Write"/>, <see cref="Finish"/>) by the writer's
/// thread. They share the flag that says that the disk failed.
/// </remarks>
internal sealed class RecordingFile : IRecordingFile
{
    private readonly FdHandle _file;
    private readonly RecordingPath _path;
    private readonly RecordingWriter _writer;
    private readonly string _callId;
    private readonly SpoolMover? _mover;
    private readonly ILogger _logger;
    private RecordingBuffer? _buffer;
    private long _refused; // records that found no room; the worker's until the recording has ended
    private long _unwritten; // records that the disk did not take; the writer's
    private long _size; // what is on the disk; the writer's, seen by the worker
    private bool _isToBeMended; // the writer's
    private volatile bool _hasEnded;
    private volatile bool _hasFailed;

    /// <param name="file">Open for writing; owned.</param>
    /// <param name="size">Bytes in it, which are the header; of one that is to be mended, those that are known to be whole.</param>
    /// <param name="mover">Takes over what a rename does not bring out of the spool; null without one.</param>
    public RecordingFile(
        FdHandle file,
        long size,
        RecordingPath path,
        string callId,
        RecordingWriter writer,
        SpoolMover? mover,
        ILogger logger)
    {
        _size = size;
        _file = file;
        _path = path;
        _callId = callId;
        _writer = writer;
        _mover = mover;
        _logger = logger;
    }

    /// <summary>Its writer was killed: before anything is written, what is no whole record at its end is cut off.</summary>
    public bool IsToBeMended
    {
        init => _isToBeMended = value;
    }

    public string Name => _path.Name;

    public string Destination => _path.Destination;

    public long WholeBytes => Volatile.Read(ref _size);

    /// <summary>Where it is written.</summary>
    public RecordingPath Path => _path;

    public bool TryReserve(int length, out Span<byte> record)
    {
        if (_hasEnded || _hasFailed || !EnsureSpace(length))
        {
            CountRefused();
            record = default;
            return false;
        }

        record = _buffer!.Reserve(length);
        return true;
    }

    public void Close()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _writer.Finish(this, _buffer);
        _buffer = null;
    }

    /// <summary>By the writer: puts a buffer on disk. After a failure the rest of the recording is thrown away.</summary>
    public void Write(RecordingBuffer buffer)
    {
        if (_hasFailed)
        {
            _unwritten += buffer.Count;
            return;
        }

        if (Mend() is var fault and not Errno.None)
        {
            _unwritten += buffer.Count;
            Fail(fault);
            return;
        }

        Errno errno = FileWriter.WriteAll(_file, buffer.Written, out int written);
        _unwritten += buffer.Count - buffer.WholeRecords(written, out int bytes);
        Volatile.Write(ref _size, _size + bytes);
        if (errno != Errno.None)
        {
            // Half a record at the end would be a broken file to whoever reads it.
            _ = LibC.ftruncate(_file.Number, _size);
            Fail(errno);
        }
    }

    /// <summary>By the worker, or while it rests: lets what is buffered be written; the recording goes on.</summary>
    public void PostBuffered()
    {
        if (_buffer is { Count: > 0 } buffer && _writer.TryPost(this, buffer))
        {
            _buffer = null;
        }
    }

    /// <summary>By the writer, after the last buffer.</summary>
    public void Finish()
    {
        if (!_hasFailed)
        {
            _ = Mend();
        }

        if (_refused + _unwritten is > 0 and long lost)
        {
            Log.RecordsLost(_logger, _callId, _path.ToString(), lost);
        }

        // Open until it has been moved: another daemon that looks through the spool leaves it alone.
        Errno errno = _path.MoveOutOfSpool();
        _file.Dispose();
        if (errno == Errno.EXDEV && _mover is not null)
        {
            _mover.Post(_path, _callId);
        }
        else if (errno != Errno.None)
        {
            Log.RecordingStaysInSpool(_logger, _callId, LibC.Describe(errno));
        }
    }

    private Errno Mend()
    {
        if (!_isToBeMended)
        {
            return Errno.None;
        }

        _isToBeMended = false;
        Errno errno = RecordingTail.Mend(_file, _size, out long size);
        Volatile.Write(ref _size, size);
        return errno;
    }

    private void Fail(Errno errno)
    {
        _hasFailed = true;
        _file.Dispose();
        Log.RecordingWriteFailed(_logger, _callId, _path.StreamKind, LibC.Describe(errno));
    }

    private bool EnsureSpace(int length)
    {
        if (_buffer is not null && _buffer.Fits(length))
        {
            return true;
        }

        if (_buffer is not null)
        {
            if (!_writer.TryPost(this, _buffer))
            {
                // What is buffered stays for another try; only the new record is lost.
                return false;
            }

            _buffer = null;
        }

        _buffer = _writer.TakeBuffer(length);
        return true;
    }

    private void CountRefused()
    {
        if (_hasEnded)
        {
            return;
        }

        if (_refused++ == 0 && !_hasFailed)
        {
            Log.RecordingFallsBehind(_logger, _callId, _path.ToString());
        }
    }
}
