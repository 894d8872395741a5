using System.Collections.Concurrent;
using System.Diagnostics;
using RtpProxy.Io.Posix.Queues;

namespace RtpProxy.Io.Storage;

/// <summary>
/// The one thread that writes recordings. Its queue is bounded: when the disk is too slow, records are lost and workers
/// are not delayed. Closing always gets through, since there are only so many files.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RecordingWriter : IDisposable
{
    /// <summary>Buffers waiting for the disk: 32 MB.</summary>
    public const int MaxQueuedBuffers = 8192;

    private readonly ConcurrentQueue<WriteRequest> _requests = new();
    private readonly BoundedQueue<RecordingBuffer> _free = new(MaxQueuedBuffers);
    private readonly WriterThread _thread;
    private readonly Lock _lock = new();
    private int _queuedBuffers;

    public RecordingWriter() => _thread = new WriterThread("recordings", TryWrite);

    /// <summary>What is being written.</summary>
    public OpenRecordings Open { get; } = new();

    /// <summary>Takes on a file that was just created.</summary>
    public void Register(RecordingFile file)
    {
        Open.Add(file);
        lock (_lock)
        {
            if (!_thread.IsStarted)
            {
                _thread.Start();
            }
        }
    }

    /// <summary>A clear buffer with room for <paramref name="length"/> bytes.</summary>
    public RecordingBuffer TakeBuffer(int length)
    {
        if (length > RecordingBuffer.UsualBytes)
        {
            return new RecordingBuffer(length);
        }

        return _free.TryDequeue(out RecordingBuffer? buffer) ? buffer : new RecordingBuffer(RecordingBuffer.UsualBytes);
    }

    /// <summary>Hands a buffer over; false, and the buffer stays the caller's, when too many are waiting.</summary>
    public bool TryPost(RecordingFile file, RecordingBuffer buffer)
    {
        if (Interlocked.Increment(ref _queuedBuffers) > MaxQueuedBuffers)
        {
            Interlocked.Decrement(ref _queuedBuffers);
            return false;
        }

        Post(new WriteRequest(file, buffer, IsLast: false));
        return true;
    }

    /// <summary>Lets the writer close the file after this last buffer.</summary>
    public void Finish(RecordingFile file, RecordingBuffer? buffer)
    {
        if (buffer is not null)
        {
            Interlocked.Increment(ref _queuedBuffers);
        }

        Post(new WriteRequest(file, buffer, IsLast: true));
    }

    /// <summary>Waits until all that has been handed over is written.</summary>
    /// <returns>False if that takes longer.</returns>
    public bool TryDrain(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _queuedBuffers) > 0)
        {
            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    /// <summary>Returns when everything is written. The workers have stopped.</summary>
    /// <param name="isHandedOver">The recordings that are still open go on elsewhere; else they end.</param>
    public void Stop(bool isHandedOver = false)
    {
        foreach (RecordingFile file in isHandedOver ? [] : Open.All)
        {
            file.Close();
        }

        _thread.TellToStop();
        _thread.TryJoin(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        Stop();
        _thread.Dispose();
    }

    private void Post(in WriteRequest request)
    {
        _requests.Enqueue(request);
        _thread.Wake();
    }

    private bool TryWrite()
    {
        if (!_requests.TryDequeue(out WriteRequest request))
        {
            return false;
        }

        Do(request);
        return true;
    }

    private void Do(in WriteRequest request)
    {
        if (request.Buffer is { } buffer)
        {
            request.File.Write(buffer);
            Interlocked.Decrement(ref _queuedBuffers);
            if (buffer.IsUsual)
            {
                buffer.Clear();
                _free.TryEnqueue(buffer);
            }
        }

        if (request.IsLast)
        {
            request.File.Finish();
            Open.Remove(request.File);
        }
    }
}
